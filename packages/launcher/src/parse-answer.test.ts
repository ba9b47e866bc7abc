import { expect, test } from 'vitest';
import { findProcess, parseEntry, parsePositions, parseProcess, parseSize, parseStat } from './parse-answer.ts';

const LONG = '9'.repeat(400);

test('well-formed answers are parsed', () => {
  expect(parseProcess('7 4711')).toEqual({ pid: 7, startTime: '4711' });
  expect(parseSize('0')).toBe(0);
  expect(parseStat('file 7 1700000000 2023-11-14 22:13:20.250000000 +0000')).toEqual({ type: 'file', size: 7, modifiedMs: 1700000000250 });
  expect(parseStat('directory 40 1700000000 2023-11-14 22:13:20 +0000')).toMatchObject({ modifiedMs: 1700000000000 });
  expect(parseStat('file 7')).toEqual({ type: 'file', size: 7 });
  expect(parseStat('file 7 ? ?')).toEqual({ type: 'file', size: 7 });
  expect(parseStat('file 9223372036854775807 -1 1969-12-31 23:59:59.000000000 +0000')).toEqual({ type: 'file', size: 2 ** 63 });
  expect(parseStat('other ')).toEqual({ type: 'other', size: 0 });
  expect(parseEntry('f7 1700000000 2023-11-14 22:13:20.250000000 +0000/a b')).toMatchObject({ name: 'a b', size: 7 });
  expect(parseEntry('f/a')).toEqual({ type: 'file', name: 'a' });
  expect(parseEntry('l/a')).toEqual({ type: 'symlink', name: 'a' });
  expect(parsePositions(' 0 12')).toEqual(new Set([0, 12]));
  expect(parsePositions('')).toEqual(new Set());
});

test('malformed answers are refused, also those that are numbers in JavaScript', () => {
  const refused = expect.objectContaining({ code: 'transport', isRetryable: false });
  for (const answer of ['', '7', '7 ', '-7 1', '0x7 1', '1e9 1', `${LONG} 1`, '7 1 1', '7 x']) {
    expect(() => parseProcess(answer), answer).toThrow(refused);
    expect(findProcess(answer)).toBeUndefined();
  }
  for (const answer of ['', ' 7', '-1', '0x7', '1e9', 'Infinity', 'NaN', LONG]) expect(() => parseSize(answer), answer).toThrow(refused);
  for (const answer of ['', 'file', 'constructor 7', '__proto__ 7', 'file -7', 'file 1e9', `file ${LONG}`, `file 7 ${LONG}`])
    expect(() => parseStat(answer), answer).toThrow(refused);
  for (const record of ['', '/a', 'x/a', 'f', 'fa', 'f1e9/a', 'f-1/a', `f${LONG}/a`]) expect(parseEntry(record), record).toBeUndefined();
  for (const answer of ['0', ' x', ' 0  1', ` ${LONG}`]) expect(() => parsePositions(answer), answer).toThrow(refused);
});

test('an error shows the start of an answer, and none of its control characters', () => {
  expect(() => parseSize(`\u202e\n${LONG}`)).toThrow(/given "\?\?9{78}"/);
});
