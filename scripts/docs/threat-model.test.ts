import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSources } from '../structure/read-sources.ts';

/** The page's columns of back ends, in order. Each name is the folder of the package that has the back end's own tests. */
const COLUMNS = ['embedded', 'docker', 'kubernetes'] as const;

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/threat-model.md'), 'utf8');
const rows = [...page.matchAll(/^\| (\d+) \|.*?\|.*?\| (.+) \|$/gm)].map(([, number, states = '']) => ({
  number: Number(number),
  states: states.split(' | '),
}));
const sources = readSources(root).filter(({ path }) => path.endsWith('.test.ts') || path.includes('/themes/'));

/** Returns the rows that tests in these packages cite. Without arguments, returns the rows that any test cites. */
function citedBy(...owners: string[]): Set<number> {
  const texts = sources.filter(({ owner }) => owners.length === 0 || owners.includes(owner)).map(({ text }) => text);
  const lists = texts.flatMap((text) => [...text.matchAll(/\[rows? ([\d, ]+)\]/g)]);
  return new Set(lists.flatMap(([, list = '']) => list.split(',').map(Number)));
}

test.each(COLUMNS)('every row that the column of %s marks as tested is cited by its tests or by the suites', (backend) => {
  const column = COLUMNS.indexOf(backend);
  const cited = citedBy(backend, 'testkit');
  expect(rows.every(({ states }) => states.length === COLUMNS.length)).toBe(true);
  expect(rows.filter(({ states }) => states[column] === 'tested').length).toBeGreaterThan(20);
  expect(rows.filter(({ number, states }) => states[column] === 'tested' && !cited.has(number)).map(({ number }) => number)).toEqual([]);
});

test('every row that a test cites is in the threat model', () => {
  const known = new Set(rows.map(({ number }) => number));
  expect([...citedBy()].filter((number) => !known.has(number))).toEqual([]);
});
