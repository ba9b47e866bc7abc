import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { expect, it } from 'vitest';
import { ENGINE_VERSIONS } from './engine-versions.ts';

const manifest = new URL('../package.json', import.meta.url);

it.each(Object.entries(ENGINE_VERSIONS))('the installed version of %s is %s', (name, version) => {
  const file = findPackageJSON(name, import.meta.url);
  expect(JSON.parse(readFileSync(file ?? '', 'utf8'))).toMatchObject({ name, version });
});

it('the package depends only on packages that its users can also import', () => {
  const { dependencies } = JSON.parse(readFileSync(manifest, 'utf8')) as { dependencies: Record<string, string> };
  expect(Object.keys(dependencies).toSorted()).toEqual(['@sandpod/core', '@sandpod/kernel', 'zod']);
});
