import { expect, test } from 'vitest';
import { parseWholeNumber } from './parse-whole-number.ts';

const range = { option: '--port', min: 0, max: 65_535 };

test.each([
  ['0', 0],
  ['3230', 3_230],
  ['65535', 65_535],
])('%s is a number in the range', (text, expected) => {
  expect(parseWholeNumber(text, range)).toBe(expected);
});

test.each(['', '-1', '65536', '1.5', '0x10', 'http', '99999999999'])('%j is refused', (text) => {
  expect(() => parseWholeNumber(text, range)).toThrow(`--port expects a whole number from 0 to 65535; got ${JSON.stringify(text)}.`);
});
