import { expect, test } from 'vitest';
import { longestBlockMs, MAX_BLOCK_MS } from '../../test/longest-block.ts';
import { firstByName } from './first-by-name.ts';

test('returns the first names in order', async () => {
  const names = Array.from({ length: 20_000 }, (_, index) => ({ name: `n${(index * 7_919) % 20_000}` }));
  const sorted = names.map(({ name }) => name).sort();
  expect((await firstByName(names, { count: 500 })).map(({ name }) => name)).toEqual(sorted.slice(0, 500));
  expect(await firstByName(names.slice(0, 3), { count: 500 })).toHaveLength(3);
  expect(await firstByName([], { count: 500 })).toEqual([]);
});

test('lets the event loop run while it sorts very many names, and stops after an abort', async () => {
  const names = Array.from({ length: 100_000 }, (_, index) => ({ name: `n${100_000 - index}` }));
  expect(await longestBlockMs(() => firstByName(names, { count: 500 }))).toBeLessThan(MAX_BLOCK_MS);
  const abortSignal = AbortSignal.abort(new Error('enough'));
  await expect(firstByName(names, { count: 500, abortSignal })).rejects.toThrow('enough');
});
