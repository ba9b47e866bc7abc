import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryFileSystem } from '../files/memory-file-system.ts';
import type { GuestContext } from '../guest/guest-contract.ts';
import { WASI_ERRNO } from './errno.ts';
import { GuestMemory } from './guest-memory.ts';
import { WasiExit } from './process-calls.ts';
import { asWasiImport } from './wasi-call.ts';
import { wasiCalls } from './wasi-calls.ts';
import { WasiProcess } from './wasi-process.ts';

const SIZE = 65_536;
const READ_WRITE = 66n;
const ROOT = 3;

let memory: Uint8Array;
let view: DataView;
let slept: number[];
let written: string;
let call: (name: string, ...values: (number | bigint)[]) => number;

beforeEach(() => {
  const buffer = new ArrayBuffer(SIZE);
  memory = new Uint8Array(buffer);
  view = new DataView(buffer);
  slept = [];
  written = '';
  const context: GuestContext = {
    argv: ['x'],
    env: {},
    cwd: '/',
    files: new MemoryFileSystem({ workspaceBytes: 1_000_000 }),
    memoryBytes: SIZE,
    readInput: () => Buffer.from('in'),
    writeOutput: (_, bytes) => {
      written += Buffer.from(bytes).toString();
    },
    sleep: (milliseconds) => {
      slept.push(milliseconds);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
    },
  };
  const process = new WasiProcess({ context, argv: ['name', 'ž'], env: { A: 'b' }, laterEnv: { C: 'd' } });
  process.attach(new GuestMemory({ buffer, grow: () => 0 }));
  const calls = wasiCalls(process);
  call = (name, ...values) => asWasiImport(calls[name] ?? (() => WASI_ERRNO.ENOSYS))(...(values as never[]));
});

function place(text: string, at = 1024): [number, number] {
  const bytes = Buffer.from(text);
  memory.set(bytes, at);
  return [at, bytes.length];
}

function open(path: string, options: { readonly creation?: number; readonly flags?: number } = {}): number {
  const errno = call('path_open', ROOT, 1, ...place(path), options.creation ?? 0, READ_WRITE, READ_WRITE, options.flags ?? 0, 512);
  if (errno !== 0) throw new Error(`errno ${errno}`);
  return view.getUint32(512, true);
}

describe('pointers and lengths of a hostile guest', () => {
  it.each([
    ['args_get', [-4, 0]],
    ['args_sizes_get', [SIZE - 2, 0]],
    ['environ_get', [0, -1]],
    ['random_get', [0, -1]],
    ['random_get', [SIZE - 1, 2]],
    ['clock_time_get', [0, 0n, SIZE - 7]],
    ['fd_write', [1, SIZE - 4, 1, 0]],
    ['fd_read', [0, -8, 1, 0]],
    ['fd_fdstat_get', [0, SIZE - 8]],
    ['fd_filestat_get', [ROOT, -64]],
    ['fd_readdir', [ROOT, 0, -1, 0n, 0]],
    ['path_open', [ROOT, 0, SIZE - 1, 2, 0, 0n, 0n, 0, 0]],
    ['path_filestat_get', [ROOT, 0, -1, 4, 0]],
    ['poll_oneoff', [0, SIZE - 1, 1, 0]],
  ])('%s with a pointer outside of memory fails with EFAULT (%#)', (name, values) => {
    expect(call(name, ...values)).toBe(WASI_ERRNO.EFAULT);
  });

  it('vectors outside of memory, too many vectors, and more bytes than the memory has are refused', () => {
    view.setUint32(0, 16, true);
    view.setUint32(4, -1, true);
    expect(call('fd_write', 1, 0, 1, 512)).toBe(WASI_ERRNO.EFAULT);
    expect(call('fd_write', 1, 0, -1, 512)).toBe(WASI_ERRNO.EINVAL);
    for (let index = 0; index < 3; index += 1) view.setUint32(index * 8 + 4, SIZE / 2, true);
    for (let index = 0; index < 3; index += 1) view.setUint32(index * 8, 0, true);
    expect(call('fd_write', 1, 0, 3, 512)).toBe(WASI_ERRNO.EINVAL);
    expect(written).toBe('');
  });

  it.each([
    ['a name longer than 4 KiB', 'x'.repeat(5000), 'ENAMETOOLONG'],
    ['NUL in a name', 'a\0b', 'EINVAL'],
    ['an empty name', '', 'ENOENT'],
  ] as const)('refuses %s with %s', (_, path, errno) => {
    expect(call('path_create_directory', ROOT, ...place(path))).toBe(WASI_ERRNO[errno]);
  });

  it('a name that is not UTF-8 is refused', () => {
    memory.set([0xff, 0xfe], 1024);
    expect(call('path_create_directory', ROOT, 1024, 2)).toBe(WASI_ERRNO.EILSEQ);
  });

  it('positions that a number cannot hold exactly are refused', () => {
    const file = open('/tmp/f', { creation: 1 });
    view.setUint32(0, 64, true);
    view.setUint32(4, 1, true);
    expect(call('fd_pwrite', file, 0, 1, -1n, 512)).toBe(WASI_ERRNO.EFBIG);
    expect(call('fd_seek', file, 2n ** 62n, 0, 512)).toBe(WASI_ERRNO.EINVAL);
    expect(call('fd_seek', file, -1n, 0, 512)).toBe(WASI_ERRNO.EINVAL);
    expect(call('fd_allocate', file, 0n, 2n ** 40n)).toBe(WASI_ERRNO.ENOSPC);
  });

  it('a descriptor that is not open is refused', () => {
    for (const fd of [4, 1024, -1, 2 ** 31]) expect(call('fd_close', fd)).toBe(WASI_ERRNO.EBADF);
    expect(call('path_create_directory', 1, ...place('x'))).toBe(WASI_ERRNO.ENOTDIR);
  });
});

describe('WASI calls', () => {
  it('return the environment of the process once, then the environment for later requests', () => {
    const read = (): string => {
      expect(call('environ_sizes_get', 0, 4)).toBe(0);
      expect(call('environ_get', 16, 64)).toBe(0);
      return Buffer.from(memory.subarray(64, 64 + view.getUint32(4, true))).toString();
    };
    expect([read(), read(), read()]).toEqual(['A=b\0', 'C=d\0', 'C=d\0']);
  });

  it('wait for clocks, and not for descriptors', () => {
    view.setBigUint64(0, 7n, true);
    view.setUint32(16, 1, true);
    view.setBigUint64(24, 20_000_000n, true);
    const before = performance.now();
    expect(call('poll_oneoff', 0, 256, 1, 512)).toBe(0);
    expect(performance.now() - before).toBeGreaterThanOrEqual(19.9);
    expect([view.getUint32(512, true), view.getBigUint64(256, true)]).toEqual([1, 7n]);
    slept = [];
    view.setUint8(48 + 8, 1);
    view.setUint32(48 + 16, 0, true);
    expect(call('poll_oneoff', 0, 256, 2, 512)).toBe(0);
    expect([slept.length, view.getUint32(512, true), view.getUint8(256 + 10)]).toEqual([0, 1, 1]);
    expect(call('poll_oneoff', 0, 256, 0, 512)).toBe(WASI_ERRNO.EINVAL);
  });

  it('return the lowest free descriptor and refuse the 1025th', () => {
    const first = open('/tmp/f', { creation: 1 });
    open('/tmp/f');
    expect([first, call('fd_close', first), open('/tmp/f')]).toEqual([4, 0, 4]);
    for (let fd = 6; fd < 1024; fd += 1) expect(open('/tmp/f')).toBe(fd);
    expect(call('path_open', ROOT, 1, ...place('/tmp/f'), 0, READ_WRITE, 0n, 0, 512)).toBe(WASI_ERRNO.EMFILE);
  });

  it('move a descriptor and close the one it replaces', () => {
    const one = open('/tmp/f', { creation: 1 });
    const two = open('/tmp/g', { creation: 1 });
    expect(call('fd_renumber', one, two)).toBe(0);
    expect(call('fd_close', one)).toBe(WASI_ERRNO.EBADF);
    expect(call('fd_close', two)).toBe(0);
  });

  it('list a directory in pieces, with cookies', () => {
    for (const name of ['a', 'bb', 'ccc']) call('path_create_directory', ROOT, ...place(`/workspace/${name}`));
    expect(call('path_open', ROOT, 1, ...place('/workspace'), 2, 2n, 2n, 0, 512)).toBe(0);
    const names: string[] = [];
    for (let cookie = 0n; ; ) {
      expect(call('fd_readdir', view.getUint32(512, true), 2048, 30, cookie, 516)).toBe(0);
      if (view.getUint32(516, true) < 24) break;
      const length = view.getUint32(2048 + 16, true);
      names.push(Buffer.from(memory.subarray(2072, 2072 + length)).toString());
      cookie = view.getBigUint64(2048, true);
    }
    expect(names.sort()).toEqual(['.', '..', 'a', 'bb', 'ccc']);
  });

  it('refuse sockets, unknown calls and wrong kinds of files', () => {
    expect(call('sock_accept', 0, 0, 0)).toBe(WASI_ERRNO.ENOTSUP);
    expect(call('sock_open')).toBe(WASI_ERRNO.ENOSYS);
    expect(call('path_open', ROOT, 1, ...place('/tmp'), 1, READ_WRITE, 0n, 0, 512)).toBe(WASI_ERRNO.EISDIR);
    expect(call('fd_seek', 1, 0n, 1, 512)).toBe(WASI_ERRNO.ESPIPE);
    expect(call('fd_prestat_get', 4, 0)).toBe(WASI_ERRNO.EBADF);
  });

  it('leave the guest with an exception that carries the exit code', () => {
    expect(() => call('proc_exit', 7)).toThrow(WasiExit);
    expect(() => call('proc_exit', 300)).toThrow('exit 44');
  });
});
