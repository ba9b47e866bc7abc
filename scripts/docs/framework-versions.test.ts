import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
/** Maps a framework to the names under which its tested versions are installed. */
const ALIASES: Readonly<Record<string, readonly string[]>> = { ai: ['ai-first', 'ai-middle', 'ai'] };

const page = readFileSync(join(root, 'docs/agents.md'), 'utf8');
const rows = [...page.matchAll(/^\| `([@\w/-]+)` \| (\d[\d., ]*) \|$/gm)].map(([, name = '', versions = '']) => ({ name, versions }));

function installedVersion(name: string): string {
  const manifest = readFileSync(join(root, 'packages/agents/node_modules', name, 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

test('the page of agents names the versions that are tested', () => {
  const expected = rows.map(({ name }) => ({ name, versions: (ALIASES[name] ?? [name]).map(installedVersion).join(', ') }));
  expect(rows.length).toBeGreaterThan(6);
  expect(rows).toEqual(expected);
});
