import { expect, test } from 'vitest';
import { formatExpiry } from './expiry.ts';

test.each([
  [1_000_000, 'in 16 min 39 s'],
  [1_500, 'in 500 ms'],
  [1_000, 'expired'],
  [undefined, 'never'],
])('an expiry at %s is shown as %j', (expiresMs, expected) => {
  expect(formatExpiry(expiresMs === undefined ? {} : { expiresMs }, 1_000)).toBe(expected);
});
