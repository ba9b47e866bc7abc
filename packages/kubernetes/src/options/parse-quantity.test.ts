import { expect, test } from 'vitest';
import { parseQuantity } from './parse-quantity.ts';

test.for([
  ['500m', 0.5],
  ['1', 1],
  ['0.5', 0.5],
  ['.5', 0.5],
  ['2.', 2],
  ['+1', 1],
  ['64Mi', 2 ** 26],
  ['1Gi', 2 ** 30],
  ['512M', 512e6],
  ['3k', 3e3],
  ['2Ki', 2 ** 11],
  ['1T', 1e12],
  ['1Pi', 2 ** 50],
  ['2P', 2e15],
  ['1Ei', 2 ** 60],
  ['1E', 1e18],
  ['1e9', 1e9],
  ['1E3', 1e3],
  ['1.5e-3', 1.5e-3],
  ['1e+21', 1e21],
  ['250000000n', 0.25],
  ['1500u', 1.5e-3],
  [1, 1],
  [1e21, 1e21],
  ['0', 0],
] as const)('the quantity %j is %d', ([text, value]) => {
  expect(parseQuantity(text)).toBeCloseTo(value, 9);
});

test.for([undefined, '', '.', 'much', '-1', '1 Mi', '1K', '1mi', '1e', '1e9Mi', '1Ee3', true, null])('%j is no quantity', (text) => {
  expect(parseQuantity(text)).toBeUndefined();
});
