import type { DirectoryEntry, SandboxFiles } from '@sandpod/core';
import { expect, it } from 'vitest';
import { listWorkspace } from './list-workspace.ts';

/** The files of a sandbox with more entries than a test could create in a real sandbox. */
function crowded(type: DirectoryEntry['type']): SandboxFiles {
  const entries = Array.from({ length: 300_000 }, (_, index): DirectoryEntry => ({ name: `${index}`, type }));
  const files: Pick<SandboxFiles, 'listDirectory' | 'stat'> = {
    listDirectory: async ({ path }) => (path === '.' ? entries : []),
    stat: async () => ({ type: 'file', size: 1 }),
  };
  return files as SandboxFiles;
}

it.each([
  ['file', 500],
  ['directory', 0],
] as const)('lists a part of a workspace in which a guest created very many entries of type %s', async (type, count) => {
  const { files, truncated } = await listWorkspace(crowded(type), new AbortController().signal);
  expect({ count: files.length, truncated }).toEqual({ count, truncated: true });
});
