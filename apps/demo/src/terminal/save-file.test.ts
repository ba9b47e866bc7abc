import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SandboxFiles } from '@sandpod/core';
import { createExecutor } from '@sandpod/sandpod';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Session } from '../session/session.ts';
import { saveFile } from './save-file.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'demo-save-'));
});
afterEach(() => rm(directory, { recursive: true }));

/** A session whose files are read as the given stream. */
async function sessionWith(read: () => ReadableStream<Uint8Array>): Promise<Session> {
  const files: Pick<SandboxFiles, 'readFile'> = { readFile: async () => read() };
  const executor = Object.create(await createExecutor('embedded'), { files: { value: files } });
  return new Session({ backend: 'embedded', executor, approval: false });
}

it('leaves nothing of a file whose transfer was interrupted', async () => {
  const session = await sessionWith(() =>
    ReadableStream.from(
      (function* () {
        yield new TextEncoder().encode('half');
        throw new Error('The sandbox is gone.');
      })(),
    ),
  );
  await expect(saveFile(session, 'report.csv', directory)).rejects.toThrow('The sandbox is gone.');
  expect(await readdir(directory)).toEqual([]);
});

it('writes over nothing, and under a name without surprises', async () => {
  const session = await sessionWith(() => ReadableStream.from([new TextEncoder().encode('new')]));
  await writeFile(join(directory, 'report.csv'), 'old');
  expect(await saveFile(session, 'report.csv', directory)).toContain('already exists');
  expect(await readFile(join(directory, 'report.csv'), 'utf8')).toBe('old');
  await saveFile(session, 'deep/.profile', directory);
  expect((await readdir(directory)).sort()).toEqual(['_profile', 'report.csv']);
});
