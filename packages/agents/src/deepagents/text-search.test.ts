import { expect, test } from 'vitest';
import { HOSTILE_PIECES } from '../../test/hostile-text.ts';
import { longestBlockMs, MAX_BLOCK_MS } from '../../test/longest-block.ts';
import { TextSearch } from './text-search.ts';

async function linesWith(pattern: string, text: string): Promise<[number, string][]> {
  const search = new TextSearch({ pattern });
  await search.search('f', text);
  return search.matches.map(({ line, text: found }) => [line, found]);
}

test('finds the lines that contain a literal text', async () => {
  const text = 'a.b\nnone\n a.b a.b\n\nend a.b';
  const all: [number, string][] = text.split('\n').map((line, index) => [index + 1, line]);
  for (const pattern of ['a.b', 'none', 'end', '', 'x', ' ', '\n', 'b\nn'])
    expect(await linesWith(pattern, text)).toEqual(all.filter(([, line]) => line.includes(pattern)));
});

test('stops at the wanted number of matches, and cuts long lines', async () => {
  const search = new TextSearch({ pattern: 'x', maxMatches: 2 });
  await search.search('f', `${'x'.repeat(1_000_000)}\nx\nx\n`);
  expect(search.matches.map(({ text }) => text.length)).toEqual([2_000, 1]);
  expect(search.isCut).toBe(true);
});

test('stops when the lines of all matches have 1 MiB', async () => {
  const search = new TextSearch({ pattern: 'x' });
  await search.search('f', `${'x'.repeat(2_000)}\n`.repeat(1_000));
  expect(search.matches.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThan(1024 * 1024 + 2_000);
  expect(search.isCut).toBe(true);
});

test('exactly the wanted number of matches is not cut', async () => {
  const search = new TextSearch({ pattern: 'x', maxMatches: 2 });
  await search.search('f', 'x\nx\ny\n');
  expect(search.matches).toHaveLength(2);
  expect(search.isCut).toBe(false);
});

test.each(HOSTILE_PIECES)(
  'many %s neither hold the event loop nor fill the memory',
  async (_, piece) => {
    const text = piece.repeat((1024 * 1024) / piece.length);
    for (const pattern of ['', piece, piece.charAt(0), `${piece.repeat(1_000)}!`, `!${piece.repeat(1_000)}`]) {
      const search = new TextSearch({ pattern });
      expect(await longestBlockMs(() => search.search('f', text))).toBeLessThan(MAX_BLOCK_MS);
      expect(search.matches.length).toBeLessThanOrEqual(10_000);
      expect(search.matches.reduce((sum, match) => sum + match.text.length, 0)).toBeLessThan(2 * 1024 * 1024);
    }
  },
  60_000,
);

test('stops after an abort', async () => {
  const search = new TextSearch({ pattern: 'y', abortSignal: AbortSignal.abort(new Error('enough')) });
  await expect(search.search('f', `${'\n'.repeat(8_000_000)}y`)).rejects.toThrow('enough');
});
