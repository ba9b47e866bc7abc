import { expect, test } from 'vitest';
import { parseSize } from './parse-size.ts';

const MiB = 1024 * 1024;

test.each([
  ['512m', 512 * MiB],
  ['512M', 512 * MiB],
  ['512Mi', 512 * MiB],
  ['512MB', 512 * MiB],
  ['1.5g', 1536 * MiB],
  ['2GiB', 2048 * MiB],
  ['64k', 65_536],
  ['1048576', MiB],
])('%s is %i bytes', (text, bytes) => {
  expect(parseSize(text, '--memory')).toBe(bytes);
});

test.each(['', '0', '0m', '-1m', 'much', '5 mm', 'm', '1e9', '99999999t'])('%j is rejected', (text) => {
  expect(() => parseSize(text, '--memory')).toThrow(`--memory expects a size above zero, such as 512m or 2g; got ${JSON.stringify(text)}.`);
});
