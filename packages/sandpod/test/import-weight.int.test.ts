import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const program = fileURLToPath(new URL('fixtures/loaded-modules.mjs', import.meta.url));

/** Imports a built package in a new process. Resolves with the third-party packages that were loaded, and the number of sandpod's files. */
async function importInProcess(name: string): Promise<{ readonly vendors: readonly string[]; readonly ownFiles: number }> {
  const { stdout } = await promisify(execFile)(process.execPath, [program, name]);
  const files = (JSON.parse(stdout) as string[]).filter((file) => file !== program);
  const nameOf = (file: string): string | undefined => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1];
  const vendors = new Set(files.map(nameOf).filter((vendor) => vendor !== undefined));
  return { vendors: [...vendors].sort(), ownFiles: files.filter((file) => nameOf(file) === undefined).length };
}

test.each([
  ['@sandpod/sandpod', ['es-module-lexer', 'zod']],
  ['@sandpod/docker', ['es-module-lexer', 'zod']],
  ['@sandpod/kubernetes', ['es-module-lexer', 'js-yaml', 'zod']],
])('importing %s loads no client, and few files', async (name, expected) => {
  const { vendors, ownFiles } = await importInProcess(name);
  expect(vendors.filter((vendor) => !expected.includes(vendor))).toEqual([]);
  expect(ownFiles).toBeLessThan(20);
});
