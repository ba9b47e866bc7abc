import { link, mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { OutputDirectory } from './output-directory.ts';

let base: string;
let out: string;
const hello = Buffer.from('hello');

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'sandpod-out-'));
  out = join(base, 'out');
  await writeFile(join(base, 'outside.txt'), 'untouched');
});
afterEach(() => rm(base, { recursive: true, force: true }));

async function expectOutsideUntouched(): Promise<void> {
  expect(await readFile(join(base, 'outside.txt'), 'utf8')).toBe('untouched');
  expect((await readdir(base)).sort()).toEqual(['out', 'outside.txt']);
}

test('creates the directory and the parent directories of a file', async () => {
  const directory = await OutputDirectory.open(join(out, 'deep'));
  expect(await directory.save('a/b/c.txt', hello)).toBeUndefined();
  expect(await readFile(join(out, 'deep/a/b/c.txt'), 'utf8')).toBe('hello');
});

test('streams content', async () => {
  const directory = await OutputDirectory.open(out);
  const stream = new Blob(['hel', 'lo']).stream();
  expect(await directory.save('x', stream)).toBeUndefined();
  expect(await readFile(join(out, 'x'), 'utf8')).toBe('hello');
});

test('replaces a regular file, and does not change another hard link to it', async () => {
  const directory = await OutputDirectory.open(out);
  await link(join(base, 'outside.txt'), join(out, 'x'));
  expect(await directory.save('x', hello)).toBeUndefined();
  expect(await readFile(join(out, 'x'), 'utf8')).toBe('hello');
  await expectOutsideUntouched();
});

test('gives no execute permission', async () => {
  const directory = await OutputDirectory.open(out);
  await directory.save('x', hello);
  expect((await stat(join(out, 'x'))).mode & 0o111).toBe(0);
});

test.each(['../outside.txt', '/etc/sandpod', 'a/../../outside.txt', '.hidden'])('does not write %j', async (path) => {
  const directory = await OutputDirectory.open(out);
  expect(await directory.save(path, hello)).toEqual(expect.any(String));
  expect(await readdir(out)).toEqual([]);
  await expectOutsideUntouched();
});

test('neither follows nor replaces a link with the name of the file', async () => {
  const directory = await OutputDirectory.open(out);
  await symlink('../outside.txt', join(out, 'x'));
  await symlink('../missing.txt', join(out, 'y'));
  expect(await directory.save('x', hello)).toContain('link');
  expect(await directory.save('y', hello)).toContain('link');
  expect(await readlink(join(out, 'x'))).toBe('../outside.txt');
  await expectOutsideUntouched();
});

test('does not follow a link in the path', async () => {
  const directory = await OutputDirectory.open(out);
  await symlink('..', join(out, 'up'));
  expect(await directory.save('up/outside.txt', hello)).toContain('link');
  await expectOutsideUntouched();
});

test('replaces neither a directory nor a file with a directory', async () => {
  const directory = await OutputDirectory.open(out);
  await mkdir(join(out, 'd'));
  await writeFile(join(out, 'f'), '');
  expect(await directory.save('d', hello)).toContain('something other than a file');
  expect(await directory.save('f/x', hello)).toContain('a part of its path is not a directory');
});

test('content that fails midway leaves neither half a file nor a temporary file', async () => {
  const directory = await OutputDirectory.open(out);
  await writeFile(join(out, 'x'), 'before');
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield hello;
    throw new Error('connection lost');
  }
  expect(await directory.save('x', broken())).toBe('connection lost');
  expect(await readFile(join(out, 'x'), 'utf8')).toBe('before');
  expect(await readdir(out)).toEqual(['x']);
});

test('a name that the operating system rejects is a reason, not a crash', async () => {
  const directory = await OutputDirectory.open(out);
  expect(await directory.save('x'.repeat(300), hello)).toContain('ENAMETOOLONG');
});

test('a file with the name of the output directory is rejected before anything runs', async () => {
  await writeFile(out, '');
  await expect(OutputDirectory.open(out)).rejects.toThrow(`--out ${out} cannot be used: it is not a directory`);
  await expect(OutputDirectory.open(join(out, 'below'))).rejects.toThrow('cannot be used');
});

test.runIf(process.platform === 'linux')('a directory that cannot be created is rejected too', async () => {
  await symlink(join(base, 'missing'), out);
  await expect(OutputDirectory.open(out)).rejects.toThrow('cannot be used: EEXIST');
  await expect(OutputDirectory.open('/proc/sandpod/deep')).rejects.toThrow('cannot be used: ENOENT');
});
