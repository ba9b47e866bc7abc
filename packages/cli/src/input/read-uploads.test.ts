import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readUploads } from './read-uploads.ts';

const source = { stdin: Readable.from([]), abortSignal: new AbortController().signal };
let base: string;

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'sandpod-upload-'));
  await mkdir(join(base, 'directory'));
  await writeFile(join(base, 'data.csv'), 'a,b\n');
  await writeFile(join(base, 'with:colon'), new Uint8Array([0, 255]));
});
afterAll(() => rm(base, { recursive: true, force: true }));

test('a file keeps its name without its directory', async () => {
  expect(await readUploads([join(base, 'data.csv')], source)).toEqual([{ path: 'data.csv', content: Buffer.from('a,b\n') }]);
});

test('a name after the last colon is where it goes', async () => {
  const [upload] = await readUploads([`${join(base, 'data.csv')}:in/table.csv`], source);
  expect(upload?.path).toBe('in/table.csv');
});

test('a colon of the path itself does not divide, and bytes stay bytes', async () => {
  expect(await readUploads([join(base, 'with:colon')], source)).toEqual([{ path: 'with:colon', content: Buffer.from([0, 255]) }]);
  expect(await readUploads([`${join(base, 'with:colon')}:x`], source)).toMatchObject([{ path: 'x' }]);
});

test('a directory is refused with advice', async () => {
  const error = await readUploads([join(base, 'directory')], source).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'UsageError', advice: expect.stringContaining('tar -cf') });
});

test('a missing file is named', async () => {
  await expect(readUploads([join(base, 'missing')], source)).rejects.toThrow('missing cannot be read: there is no such file');
});

test('two files of one name are refused', async () => {
  await expect(readUploads([join(base, 'data.csv'), `${join(base, 'with:colon')}:data.csv`], source)).rejects.toThrow(
    'two files would be called "data.csv"',
  );
});

test.each(['', '-', ':name', 'path:'])('%j is refused', async (entry) => {
  await expect(readUploads([entry], source)).rejects.toThrow('--file');
});

test.runIf(process.platform === 'linux')('an endless device is refused', async () => {
  await expect(readUploads(['/dev/zero'], source)).rejects.toThrow('not a file that can be read whole');
});
