import { describe, expect, it, vi } from 'vitest';
import type { DirectoryEntry, FileStat, PathOptions } from '../contract/files.ts';
import { listTree } from './list-tree.ts';

/** A workspace with names that a hostile guest may create. */
function workspace(directories: Readonly<Record<string, DirectoryEntry[]>>): Parameters<typeof listTree>[0] {
  return {
    listDirectory: async ({ path }: PathOptions): Promise<DirectoryEntry[] | null> => directories[path] ?? null,
    stat: async ({ path }: PathOptions): Promise<FileStat> => {
      if (/[\\\0]/.test(path)) throw new Error(`asked for ${path}`);
      return { type: 'file', size: path.length, modifiedMs: 1 };
    },
  };
}

const file = (name: string): DirectoryEntry => ({ name, type: 'file' });

describe('listTree', () => {
  it('lists regular files at every depth, without links', async () => {
    const sandbox = workspace({ '.': [file('a'), { name: 'd', type: 'directory' }, { name: 'l', type: 'symlink' }], './d': [file('b')] });
    expect((await listTree(sandbox, {})).map(({ path }) => path)).toEqual(['a', 'd/b']);
  });

  it('skips names that the file API would refuse, and lists the rest', async () => {
    const sandbox = workspace({ '.': [file('a\\b'), file('..'), file('x/../../y'), file('nul\0'), file('good')] });
    expect((await listTree(sandbox, {})).map(({ path }) => path)).toEqual(['good']);
  });

  it('reports the names that it skips, and does not enter such directories', async () => {
    const directory: DirectoryEntry = { name: 'c\\d', type: 'directory' };
    const sandbox = workspace({ '.': [{ ...file('a\\b'), size: 3, modifiedMs: 4 }, directory, file('.\\e'), file('good')] });
    const onSkipped = vi.fn();
    expect(await listTree(sandbox, { skipHidden: true, onSkipped })).toHaveLength(1);
    const expected = 'a path that uses "/" and has no backslashes';
    expect(onSkipped.mock.calls).toEqual([[{ path: 'a\\b', expected, size: 3, modifiedMs: 4 }], [{ path: 'c\\d', expected }]]);
  });

  it('skips hidden names on request', async () => {
    const sandbox = workspace({ '.': [file('.a'), { name: '.d', type: 'directory' }, file('b')], './.d': [file('c')] });
    expect((await listTree(sandbox, { skipHidden: true })).map(({ path }) => path)).toEqual(['b']);
  });

  it('stops after maxEntries, and reports it if there are more entries', async () => {
    const sandbox = workspace({ '.': Array.from({ length: 50 }, (_, index) => file(`f${index}`)) });
    const onTruncated = vi.fn();
    expect(await listTree(sandbox, { maxEntries: 10, onTruncated })).toHaveLength(10);
    expect(onTruncated.mock.calls).toEqual([[10]]);
    expect(await listTree(sandbox, { maxEntries: 50, onTruncated })).toHaveLength(50);
    expect(onTruncated).toHaveBeenCalledOnce();
  });
});
