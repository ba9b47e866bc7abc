import { callHost } from 'sandpod:host';
import { process } from 'sandpod:process';
import { InputStream, OutputStream } from 'sandpod:streams';

export function openStandardStreams() {
  process.stdin = Object.assign(new InputStream({ read: (size) => callHost('readInput', size) }), { fd: 0, isTTY: false });
  process.stdout = Object.assign(new OutputStream({ write: (bytes) => callHost('write', 1, bytes) }), { fd: 1, columns: 80 });
  process.stderr = Object.assign(new OutputStream({ write: (bytes) => callHost('write', 2, bytes) }), { fd: 2, columns: 80 });
}
