import { beforeEach, describe, expect, it } from 'vitest';
import { GuestFileError } from '../guest/guest-file-error.ts';
import { MemoryFileSystem } from './memory-file-system.ts';

const MiB = 1024 * 1024;
let files: MemoryFileSystem;

beforeEach(() => {
  files = new MemoryFileSystem({ workspaceBytes: 8 * MiB });
});

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof GuestFileError) return error.code;
    throw error;
  }
  return 'no error';
}

function put(path: string, content: string | Uint8Array): void {
  const handle = files.open(path, { write: true, create: true, truncate: true });
  try {
    files.write(handle, 0, typeof content === 'string' ? Buffer.from(content) : content);
  } finally {
    files.close(handle);
  }
}

function get(path: string): string {
  const handle = files.open(path, { read: true });
  const bytes = files.read(handle, 0, 16 * MiB);
  files.close(handle);
  return Buffer.from(bytes).toString();
}

function names(path: string): string[] {
  return files.readDirectory(path).map((entry) => entry.name);
}

describe('opening', () => {
  it('reads back what was written', () => {
    put('/workspace/a', 'hello');
    expect(get('/workspace/a')).toBe('hello');
    expect(files.stat('/workspace/a')).toMatchObject({ type: 'file', size: 5, mode: 0o644, links: 1 });
  });

  it('refuses what POSIX refuses', () => {
    put('/workspace/a', '');
    expect(codeOf(() => files.open('/workspace/missing', { read: true }))).toBe('ENOENT');
    expect(codeOf(() => files.open('/workspace/missing/b', { write: true, create: true }))).toBe('ENOENT');
    expect(codeOf(() => files.open('/workspace/a/b', { write: true, create: true }))).toBe('ENOTDIR');
    expect(codeOf(() => files.open('/workspace/a', { write: true, create: true, exclusive: true }))).toBe('EEXIST');
    expect(codeOf(() => files.open('/workspace', { write: true }))).toBe('EISDIR');
    expect(codeOf(() => files.open('', { read: true }))).toBe('ENOENT');
    expect(codeOf(() => files.open('relative', { read: true }))).toBe('EINVAL');
    expect(codeOf(() => files.open('/workspace/nul\0byte', { write: true, create: true }))).toBe('EINVAL');
    expect(codeOf(() => files.open('/workspace/\ud800', { write: true, create: true }))).toBe('EINVAL');
  });

  it('accepts names of 255 bytes and refuses longer names, even if they have fewer characters', () => {
    put(`/workspace/${'n'.repeat(255)}`, 'x');
    put(`/workspace/${'é'.repeat(127)}`, 'x');
    expect(codeOf(() => put(`/workspace/${'n'.repeat(256)}`, 'x'))).toBe('ENAMETOOLONG');
    expect(codeOf(() => put(`/workspace/${'é'.repeat(128)}`, 'x'))).toBe('ENAMETOOLONG');
    expect(codeOf(() => files.stat(`/${'a/'.repeat(2100)}`))).toBe('ENAMETOOLONG');
  });

  it('accepts names with newlines, quotes and leading dashes as is', () => {
    for (const name of ['a\nb', '"quoted"', "it's", '-rf', ' ', '..a', 'é\u{1f600}']) put(`/workspace/${name}`, name);
    expect(names('/workspace')).toEqual(['a\nb', '"quoted"', "it's", '-rf', ' ', '..a', 'é\u{1f600}']);
  });

  it('reads and writes only through handles that were opened for it', () => {
    put('/workspace/a', 'x');
    const reader = files.open('/workspace/a', { read: true });
    const writer = files.open('/workspace/a', { write: true });
    expect(codeOf(() => files.write(reader, 0, Buffer.from('y')))).toBe('EBADF');
    expect(codeOf(() => files.read(writer, 0, 1))).toBe('EBADF');
    expect(codeOf(() => files.truncate(reader, 0))).toBe('EBADF');
    files.close(reader);
    expect(codeOf(() => files.read(reader, 0, 1))).toBe('EBADF');
    expect(codeOf(() => files.close(reader))).toBe('EBADF');
  });
});

describe('content', () => {
  it('appends, overwrites and leaves holes that read as zeros', () => {
    const handle = files.open('/workspace/a', { read: true, write: true, create: true });
    expect(files.write(handle, 'end', Buffer.from('abc'))).toBe(3);
    expect(files.write(handle, 'end', Buffer.from('def'))).toBe(6);
    expect(files.write(handle, 1, Buffer.from('XY'))).toBe(3);
    expect(files.write(handle, 200_000, Buffer.from('!'))).toBe(200_001);
    expect(Buffer.from(files.read(handle, 0, 8)).toString()).toBe('aXYdef\0\0');
    expect(Buffer.from(files.read(handle, 199_999, 10)).toString()).toBe('\0!');
    expect(files.read(handle, 300_000, 10)).toHaveLength(0);
  });

  it('agrees with a plain array under random writes, truncations and reads', () => {
    const handle = files.open('/workspace/a', { read: true, write: true, create: true });
    let model = Buffer.alloc(0);
    let seed = 42;
    const random = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % below;
    };
    for (let round = 0; round < 400; round += 1) {
      const position = random(300_000);
      const bytes = Buffer.alloc(random(90_000) + 1, round % 251);
      if (random(4) === 0) {
        files.truncate(handle, position);
        model = Buffer.concat([model, Buffer.alloc(Math.max(0, position - model.length))]).subarray(0, position);
      } else {
        files.write(handle, position, bytes);
        const grown = Buffer.alloc(Math.max(model.length, position + bytes.length));
        model.copy(grown);
        bytes.copy(grown, position);
        model = grown;
      }
      expect(files.statHandle(handle).size).toBe(model.length);
      const start = random(300_000);
      expect(model.subarray(start, start + 70_000).equals(files.read(handle, start, 70_000))).toBe(true);
    }
    expect(model.equals(files.read(handle, 0, model.length + 1))).toBe(true);
  });

  it('refuses positions and sizes that are not non-negative integers', () => {
    const handle = files.open('/workspace/a', { read: true, write: true, create: true });
    for (const bad of [-1, Number.NaN, 0.5, Number.POSITIVE_INFINITY, 2 ** 60]) {
      expect(codeOf(() => files.write(handle, bad, Buffer.from('x')))).toBe('EINVAL');
      expect(codeOf(() => files.truncate(handle, bad))).toBe('EINVAL');
    }
  });

  it('stays readable through a handle after unlink and after rename', () => {
    put('/workspace/a', 'first');
    const handle = files.open('/workspace/a', { read: true });
    files.unlink('/workspace/a');
    put('/workspace/a', 'second');
    expect(Buffer.from(files.read(handle, 0, 100)).toString()).toBe('first');
    expect(files.statHandle(handle).links).toBe(0);
    files.rename('/workspace/a', '/workspace/b');
    expect(get('/workspace/b')).toBe('second');
  });
});

describe('directories', () => {
  it('are listed in the order in which names were created', () => {
    for (const name of ['c', 'a', 'b']) files.makeDirectory(`/workspace/${name}`);
    files.removeDirectory('/workspace/a');
    put('/workspace/a', '');
    expect(names('/workspace')).toEqual(['c', 'b', 'a']);
    expect(codeOf(() => files.readDirectory('/workspace/a'))).toBe('ENOTDIR');
  });

  it('are removed only if they are empty and not part of the machine', () => {
    files.makeDirectory('/workspace/a');
    put('/workspace/a/b', '');
    expect(codeOf(() => files.removeDirectory('/workspace/a'))).toBe('ENOTEMPTY');
    expect(codeOf(() => files.removeDirectory('/workspace/a/b'))).toBe('ENOTDIR');
    expect(codeOf(() => files.unlink('/workspace/a'))).toBe('EISDIR');
    for (const path of ['/tmp', '/home/sandbox']) expect(codeOf(() => files.removeDirectory(path))).toBe('EBUSY');
    for (const path of ['/', '/workspace']) expect(codeOf(() => files.removeDirectory(path))).toBe('ENOTEMPTY');
    expect(codeOf(() => files.rename('/workspace', '/elsewhere'))).toBe('EBUSY');
    expect(codeOf(() => files.makeDirectory('/'))).toBe('EEXIST');
  });

  it('resolve two dots after a link as POSIX requires', () => {
    files.makeDirectory('/tmp/deep');
    put('/tmp/beside', 'tmp');
    files.symlink('/tmp/deep', '/workspace/link');
    expect(get('/workspace/link/../beside')).toBe('tmp');
    expect(get('/../../tmp/beside')).toBe('tmp');
    expect(files.realPath('/workspace/link/../beside')).toBe('/tmp/beside');
  });
});

describe('rename', () => {
  it('replaces a file in one step', () => {
    put('/workspace/a', 'new');
    put('/workspace/b', 'old');
    files.rename('/workspace/a', '/workspace/b');
    expect(get('/workspace/b')).toBe('new');
    expect(names('/workspace')).toEqual(['b']);
  });

  it('moves a directory with its content, but not into itself', () => {
    files.makeDirectory('/workspace/a');
    put('/workspace/a/file', 'x');
    expect(codeOf(() => files.rename('/workspace/a', '/workspace/a/b'))).toBe('EINVAL');
    files.rename('/workspace/a', '/tmp/a');
    expect(get('/tmp/a/file')).toBe('x');
  });

  it('refuses to replace a file by a directory, a directory by a file, or a directory that is not empty', () => {
    files.makeDirectory('/workspace/empty');
    files.makeDirectory('/workspace/full');
    put('/workspace/full/file', '');
    put('/workspace/file', '');
    expect(codeOf(() => files.rename('/workspace/file', '/workspace/empty'))).toBe('EISDIR');
    expect(codeOf(() => files.rename('/workspace/empty', '/workspace/file'))).toBe('ENOTDIR');
    expect(codeOf(() => files.rename('/workspace/empty', '/workspace/full'))).toBe('ENOTEMPTY');
    files.rename('/workspace/full', '/workspace/empty');
    expect(names('/workspace/empty')).toEqual(['file']);
  });

  it('does nothing between two names of one file', () => {
    put('/workspace/a', 'x');
    files.link('/workspace/a', '/workspace/b');
    files.rename('/workspace/a', '/workspace/b');
    expect(names('/workspace')).toEqual(['a', 'b']);
  });
});

describe('links', () => {
  it('are followed, and relative targets start at the link', () => {
    files.makeDirectory('/workspace/d');
    put('/workspace/d/file', 'x');
    files.symlink('file', '/workspace/d/link');
    files.symlink('d', '/workspace/alias');
    expect(get('/workspace/alias/link')).toBe('x');
    expect(files.stat('/workspace/alias/link', { followLinks: false }).type).toBe('symlink');
    expect(files.readLink('/workspace/alias')).toBe('d');
    expect(files.realPath('/workspace/alias/link')).toBe('/workspace/d/file');
    expect(codeOf(() => files.open('/workspace/alias', { read: true, followLinks: false }))).toBe('ELOOP');
  });

  it('in a loop end with an error', () => {
    files.symlink('b', '/workspace/a');
    files.symlink('a', '/workspace/b');
    files.symlink('self/x', '/workspace/self');
    expect(codeOf(() => files.stat('/workspace/a'))).toBe('ELOOP');
    expect(codeOf(() => files.stat('/workspace/self'))).toBe('ELOOP');
    expect(files.stat('/workspace/a', { followLinks: false }).type).toBe('symlink');
  });

  it('that dangle are created on writing, but not with exclusive', () => {
    files.symlink('target', '/workspace/link');
    expect(codeOf(() => files.open('/workspace/link', { write: true, create: true, exclusive: true }))).toBe('EEXIST');
    put('/workspace/link', 'x');
    expect(get('/workspace/target')).toBe('x');
  });

  it('share content if they are hard links, and are refused for directories', () => {
    put('/workspace/a', 'x');
    files.link('/workspace/a', '/workspace/b');
    put('/workspace/b', 'changed');
    expect(get('/workspace/a')).toBe('changed');
    expect(files.stat('/workspace/a').links).toBe(2);
    files.unlink('/workspace/a');
    expect(get('/workspace/b')).toBe('changed');
    expect(codeOf(() => files.link('/tmp', '/workspace/tmp'))).toBe('EPERM');
  });
});

describe('devices', () => {
  it('behave like those of a real machine and cannot be replaced', () => {
    const zero = files.open('/dev/zero', { read: true });
    expect(files.read(zero, 0, 4)).toEqual(new Uint8Array(4));
    expect(files.read(zero, 0, 2 ** 50).length).toBeLessThanOrEqual(MiB);
    const random = files.open('/dev/urandom', { read: true });
    expect(files.read(random, 0, 32)).not.toEqual(files.read(random, 0, 32));
    const none = files.open('/dev/null', { read: true, write: true, truncate: true });
    expect(files.write(none, 'end', Buffer.alloc(10))).toBe(10);
    expect(files.read(none, 0, 10)).toHaveLength(0);
    expect(codeOf(() => files.unlink('/dev/null'))).toBe('EROFS');
    expect(codeOf(() => files.rename('/dev/zero', '/dev/null'))).toBe('EROFS');
    expect(codeOf(() => put('/dev/new', 'x'))).toBe('EROFS');
    expect(codeOf(() => files.link('/dev/zero', '/workspace/zero'))).toBe('EPERM');
  });
});

describe('attributes', () => {
  it('keeps modes and times', () => {
    put('/workspace/a', 'x');
    files.changeMode('/workspace/a', 0o100755);
    files.setTimes('/workspace/a', { accessedMs: 1, modifiedMs: 2 });
    expect(files.stat('/workspace/a')).toMatchObject({ mode: 0o755, accessedMs: 1, modifiedMs: 2 });
    files.symlink('a', '/workspace/link');
    files.setTimes('/workspace/link', { modifiedMs: 3, followLinks: false });
    expect(files.stat('/workspace/a').modifiedMs).toBe(2);
  });
});

describe('quota', () => {
  it('stops a growing file, keeps what fitted, and reuses the space afterwards', () => {
    const handle = files.open('/workspace/a', { read: true, write: true, create: true });
    const block = new Uint8Array(MiB);
    for (let count = 0; count < 7; count += 1) files.write(handle, 'end', block);
    expect(codeOf(() => files.write(handle, 'end', block))).toBe('ENOSPC');
    expect(files.statHandle(handle).size).toBe(7 * MiB);
    expect(codeOf(() => files.write(handle, 2 ** 40, Buffer.from('x')))).toBe('ENOSPC');
    expect(codeOf(() => files.truncate(handle, 2 ** 40))).toBe('ENOSPC');
    files.truncate(handle, 0);
    expect(files.write(handle, 'end', new Uint8Array(7 * MiB))).toBe(7 * MiB);
  });

  it('counts an unlinked file until its last handle is closed', () => {
    const before = files.tree.quota.usedBytes;
    const handle = files.open('/workspace/a', { read: true, write: true, create: true });
    files.write(handle, 0, new Uint8Array(5 * MiB));
    files.unlink('/workspace/a');
    expect(codeOf(() => put('/workspace/b', new Uint8Array(5 * MiB)))).toBe('ENOSPC');
    files.close(handle);
    put('/workspace/b', new Uint8Array(5 * MiB));
    files.unlink('/workspace/b');
    expect(files.tree.quota.usedBytes).toBe(before);
  });

  it('counts names, so that many empty files and links reach the limit too', () => {
    const small = new MemoryFileSystem({ workspaceBytes: 64 * MiB, entries: 100 });
    let made = 0;
    const fill = (): void => {
      for (;;) {
        small.symlink('x', `/workspace/${made}`);
        made += 1;
      }
    };
    expect(codeOf(fill)).toBe('ENOSPC');
    expect(made).toBeGreaterThan(80);
    expect(made).toBeLessThan(100);
    small.unlink('/workspace/0');
    small.makeDirectory('/workspace/again');
  });

  it('is zero again after all kinds of operations', () => {
    const before = files.tree.quota.usedBytes;
    files.makeDirectory('/workspace/d');
    put('/workspace/d/a', 'some');
    put('/workspace/d/b', 'more content');
    files.link('/workspace/d/a', '/workspace/d/c');
    files.symlink('a', '/workspace/d/s');
    files.rename('/workspace/d/a', '/workspace/d/b');
    for (const name of ['b', 'c', 's']) files.unlink(`/workspace/d/${name}`);
    files.removeDirectory('/workspace/d');
    expect(files.tree.quota.usedBytes).toBe(before);
  });

  it('refuses more open handles than its table holds', () => {
    put('/workspace/a', '');
    const openMany = (): void => {
      for (;;) files.open('/workspace/a', { read: true });
    };
    expect(codeOf(openMany)).toBe('EMFILE');
  });
});
