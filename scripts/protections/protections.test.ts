import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ALL_PROTECTIONS } from './all-protections.ts';
import { readRecord } from './record.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

test.each(ALL_PROTECTIONS)(
  'the text of "$protects" occurs once in its file, and its tests exist',
  ({ file, find, replace, test: tests }) => {
    expect(read(file).split(find).length - 1).toBe(1);
    expect(replace).not.toBe(find);
    expect(existsSync(join(ROOT, tests))).toBe(true);
  },
);

test('every protection has its own name', () => {
  expect(new Set(ALL_PROTECTIONS.map(({ protects }) => protects)).size).toBe(ALL_PROTECTIONS.length);
});

test('a test noticed every removal in the record, and the record has no other protections', () => {
  const known = new Set(ALL_PROTECTIONS.map(({ protects }) => protects));
  const record = readRecord(ROOT);
  expect(record.length).toBeGreaterThan(60);
  expect(record.filter(({ failed }) => failed === undefined).map(({ protects }) => protects)).toEqual([]);
  expect(record.filter(({ protects }) => !known.has(protects)).map(({ protects }) => protects)).toEqual([]);
});
