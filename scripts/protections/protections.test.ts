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

test('every protection was removed once, and a test noticed it', () => {
  const record = readRecord(ROOT);
  expect(record.length).toBeGreaterThan(60);
  expect(record.filter(({ failed }) => failed === undefined).map(({ protects }) => protects)).toEqual([]);
  const names = (protections: readonly { readonly protects: string }[]): string[] => protections.map(({ protects }) => protects).sort();
  expect(names(record)).toEqual(names(ALL_PROTECTIONS));
});
