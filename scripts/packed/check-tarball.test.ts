import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkTarball } from './check-tarball.ts';
import type { Manifest } from './pack-packages.ts';

const COMPLETE = ['content/package.json', 'content/README.md', 'content/LICENSE', 'content/dist/a.js', 'content/dist/a.d.ts', 'src/a.ts'];
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sandpod-tarball-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function check(
  names: readonly string[],
  options: { readonly manifest?: Partial<Manifest>; readonly size?: number } = {},
): Promise<string[]> {
  for (const name of names) {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), '');
  }
  const manifest = { name: '@sandpod/core', version: '0.0.0', ...options.manifest };
  return checkTarball({ manifest, file: '', size: options.size ?? 1, content: join(directory, 'content'), directory });
}

test('a complete package passes', async () => {
  expect(await check(COMPLETE, { manifest: { dependencies: { zod: '^4.0.0' } } })).toEqual([]);
});

test('a missing file is named', async () => {
  expect(await check(COMPLETE.filter((name) => !name.endsWith('LICENSE')))).toEqual(['lacks LICENSE']);
});

test('tests, sources and source maps are refused', async () => {
  const names = ['dist/a.test.js', 'dist/a.js.map', 'src/a.ts', 'tsconfig.json'];
  const problems = await check([...COMPLETE, ...names.map((name) => `content/${name}`)]);
  expect(problems.toSorted()).toEqual(names.map((name) => `contains ${name}, which does not belong in a package`).toSorted());
});

test('build output whose source is gone is refused', async () => {
  expect(await check([...COMPLETE, 'content/dist/gone.js'])).toEqual([
    'contains dist/gone.js, whose source is gone: remove dist and build again',
  ]);
});

test('core may have no dependency but zod and the lexer, and stays below 120 kB', async () => {
  const problems = await check(COMPLETE, {
    manifest: { dependencies: { zod: '^4.0.0', 'es-module-lexer': '^3.0.0', execa: '^9.0.0' } },
    size: 120_000,
  });
  expect(problems).toEqual([
    'depends on execa; core may depend only on zod and es-module-lexer',
    'is 120000 bytes large; core must be smaller than 120000',
  ]);
});

test('a workspace range that was not replaced is named', async () => {
  const problems = await check(COMPLETE, { manifest: { name: '@sandpod/cli', dependencies: { '@sandpod/core': 'workspace:^' } } });
  expect(problems).toEqual(['depends on @sandpod/core by workspace:^, which is not valid outside the workspace']);
});
