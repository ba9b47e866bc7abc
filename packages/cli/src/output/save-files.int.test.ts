import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createExecutor } from '@sandpod/sandpod';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { OutputDirectory } from './output-directory.ts';
import { saveFiles } from './save-files.ts';

const MiB = 1024 * 1024;
const { signal: abortSignal } = new AbortController();
let base: string;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'sandpod-save-'));
});
afterEach(() => rm(base, { recursive: true, force: true }));

test('files beyond the total limit are reported and not saved, and smaller files after them are saved', async () => {
  await using executor = await createExecutor('embedded');
  const code = 'for name, size in [("a", 20), ("b", 20), ("c", 1)]: open(name, "wb").write(bytes(size * 1024 * 1024))';
  const { files } = await executor.runCode(code, { collectFiles: true });
  const directory = await OutputDirectory.open(base);
  const saved = await saveFiles(files, { directory, sandboxFiles: executor.files, abortSignal, totalBytes: 30 * MiB });
  expect(saved).toEqual({ saved: ['a', 'c'], unsaved: [{ path: 'b', reason: '--out saves at most 30 MiB in total' }] });
  expect((await readdir(base)).sort()).toEqual(['a', 'c']);
});

test('a file that has grown since the end of the run is not saved', async () => {
  await using executor = await createExecutor('embedded');
  await executor.runCode('open("a", "wb").write(bytes(2))');
  const directory = await OutputDirectory.open(base);
  const files = [{ path: 'a', size: 1, mediaType: 'application/octet-stream' }];
  const { unsaved } = await saveFiles(files, { directory, sandboxFiles: executor.files, abortSignal });
  expect(unsaved).toEqual([{ path: 'a', reason: expect.stringContaining('larger than the limit of 1 bytes') }]);
  expect(await readdir(base)).toEqual([]);
});
