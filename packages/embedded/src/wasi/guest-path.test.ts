import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryFileSystem } from '../files/memory-file-system.ts';
import { resolveGuestPath } from './guest-path.ts';

let files: MemoryFileSystem;

beforeEach(() => {
  files = new MemoryFileSystem({ workspaceBytes: 1_000_000 });
  files.makeDirectory('/workspace/a');
  files.makeDirectory('/workspace/a/b');
  files.symlink('/workspace/a/b', '/workspace/link');
  files.close(files.open('/workspace/file', { write: true, create: true }));
});

describe('resolveGuestPath', () => {
  it.each([
    ['x', '/workspace/x', false],
    ['./x//y/.', '/workspace/x/y', true],
    ['x/', '/workspace/x', true],
    ['/tmp/x', '/tmp/x', false],
    ['..', '/', true],
    ['../../../..', '/', true],
    ['a/../file', '/workspace/file', false],
    ['link/../x', '/workspace/a/x', false],
    ['link', '/workspace/link', false],
  ])('%j is %s', (path, expected, isDirectoryName) => {
    expect(resolveGuestPath(files, '/workspace', path)).toEqual({ path: expected, isDirectoryName });
  });

  it.each([
    ['', 'ENOENT'],
    ['missing/../x', 'ENOENT'],
    ['file/../x', 'ENOTDIR'],
  ])('%j is refused with %s', (path, code) => {
    expect(() => resolveGuestPath(files, '/workspace', path)).toThrow(expect.objectContaining({ code }));
  });
});
