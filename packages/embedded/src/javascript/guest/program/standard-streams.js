import { callHost } from '../host.js';
import { InputStream, OutputStream } from '../internals/streams.js';
import { process } from '../modules/process.js';

export function openStandardStreams() {
  process.stdin = Object.assign(new InputStream({ read: (size) => callHost('readInput', size) }), { fd: 0, isTTY: false });
  process.stdout = Object.assign(new OutputStream({ write: (bytes) => callHost('write', 1, bytes) }), { fd: 1, columns: 80 });
  process.stderr = Object.assign(new OutputStream({ write: (bytes) => callHost('write', 2, bytes) }), { fd: 2, columns: 80 });
}
