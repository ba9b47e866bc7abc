import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSources } from '../structure/read-sources.ts';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/threat-model.md'), 'utf8');
const rows = [...page.matchAll(/^\| (\d+) \|.*\| (.+) \|$/gm)].map(([, number, state]) => ({
  number: Number(number),
  isTested: state === 'tested',
}));
const isTestSource = (path: string): boolean => path.endsWith('.test.ts') || path.includes('/themes/');
const cited = new Set(
  readSources(root)
    .filter(({ path }) => isTestSource(path))
    .flatMap(({ text }) => citedRows(text)),
);

function citedRows(text: string): number[] {
  const lists = [...text.matchAll(/\[rows? ([\d, ]+)\]/g)];
  return lists.flatMap(([, list]) => (list ?? '').split(',').map(Number));
}

test('every row of the threat model that is marked as tested is cited by a test', () => {
  expect(rows.length).toBeGreaterThan(20);
  expect(rows.filter(({ number, isTested }) => isTested && !cited.has(number)).map(({ number }) => number)).toEqual([]);
});

test('every row that a test cites is in the threat model', () => {
  const known = new Set(rows.map(({ number }) => number));
  expect([...cited].filter((number) => !known.has(number))).toEqual([]);
});
