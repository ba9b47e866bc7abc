import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readUploads } from './read-uploads.ts';

const source = { stdin: Readable.from([]), abortSignal: new AbortController().signal };
let base: string;

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'sandpod-upload-'));
  await mkdir(join(base, 'directory/deep'), { recursive: true });
  await writeFile(join(base, 'directory/deep/a.txt'), 'a');
  await writeFile(join(base, 'directory/.hidden'), 'b');
  await writeFile(join(base, 'data.csv'), 'a,b\n');
  await writeFile(join(base, 'with:colon'), new Uint8Array([0, 255]));
});
afterAll(() => rm(base, { recursive: true, force: true }));

test('a file keeps its name without its directory', async () => {
  expect(await readUploads([join(base, 'data.csv')], source)).toEqual([{ path: 'data.csv', content: Buffer.from('a,b\n') }]);
});

test('a name after the last colon is the file’s name in the workspace', async () => {
  const [upload] = await readUploads([`${join(base, 'data.csv')}:in/table.csv`], source);
  expect(upload?.path).toBe('in/table.csv');
});

test('a colon in the path does not split it, and content is kept as bytes', async () => {
  expect(await readUploads([join(base, 'with:colon')], source)).toEqual([{ path: 'with:colon', content: Buffer.from([0, 255]) }]);
  expect(await readUploads([`${join(base, 'with:colon')}:x`], source)).toMatchObject([{ path: 'x' }]);
});

test('a directory is uploaded with its name, under another name, or as the content of the workspace', async () => {
  const paths = async (suffix: string): Promise<string[]> =>
    (await readUploads([join(base, 'directory') + suffix], source)).map(({ path }) => path);
  expect(await paths('')).toEqual(['directory/.hidden', 'directory/deep/a.txt']);
  expect(await paths('/')).toEqual(['directory/.hidden', 'directory/deep/a.txt']);
  expect(await paths(':in/it')).toEqual(['in/it/.hidden', 'in/it/deep/a.txt']);
  expect(await paths(':.')).toEqual(['.hidden', 'deep/a.txt']);
});

test('a link in a directory is left out', async () => {
  await symlink(join(base, 'data.csv'), join(base, 'directory/link'));
  expect((await readUploads([join(base, 'directory')], source)).map(({ path }) => path)).not.toContain('directory/link');
});

test('a missing file is reported by name', async () => {
  await expect(readUploads([join(base, 'missing')], source)).rejects.toThrow('missing cannot be read: the file does not exist');
});

test('two files with the same name are rejected', async () => {
  await expect(readUploads([join(base, 'data.csv'), `${join(base, 'with:colon')}:data.csv`], source)).rejects.toThrow(
    'two files would have the name "data.csv"',
  );
});

test.each(['', '-', ':name', 'path:'])('%j is rejected', async (entry) => {
  await expect(readUploads([entry], source)).rejects.toThrow('--file');
});

test.runIf(process.platform === 'linux')('an endless device is rejected', async () => {
  await expect(readUploads(['/dev/zero'], source)).rejects.toThrow('is not a regular file');
});
