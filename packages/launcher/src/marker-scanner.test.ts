import { expect, test } from 'vitest';
import { MarkerScanner } from './marker-scanner.ts';

const MARKER = '\u001e0123456789abcdef';

/** What a scanner makes of chunks, neighbouring data joined. */
function scan(chunks: readonly string[]): string[] {
  const scanner = new MarkerScanner(MARKER);
  const found: string[] = [];
  for (const chunk of chunks) {
    for (const piece of scanner.push(Buffer.from(chunk, 'latin1'))) {
      if ('line' in piece) found.push(`<${piece.line}>`);
      else found.push(Buffer.from(piece.data).toString('latin1'));
    }
  }
  return found
    .join('\u0000')
    .replaceAll(/(?<=[^>])\0(?=[^<])/g, '')
    .split('\u0000');
}

test('marked lines are told from output wherever the chunks are cut', () => {
  const all = `before${MARKER}+1 2\ninside${MARKER}-0 0 0\nafter`;
  for (let cut = 0; cut <= all.length; cut += 1) {
    expect(scan([all.slice(0, cut), all.slice(cut)])).toEqual(['before', '<+1 2>', 'inside', '<-0 0 0>', 'after']);
  }
  expect(scan([...all])).toEqual(['before', '<+1 2>', 'inside', '<-0 0 0>', 'after']);
});

test('text that only begins like a marker is output', () => {
  const almost = `${MARKER.slice(0, -1)}X`;
  expect(scan([`a${almost}b`])).toEqual([`a${almost}b`]);
  expect(scan([MARKER.slice(0, 5), 'no', MARKER.slice(0, 3), MARKER, '-\n'])).toEqual([
    `${MARKER.slice(0, 5)}no${MARKER.slice(0, 3)}`,
    '<->',
  ]);
});

test('output is held back only while it may be the beginning of a marker', () => {
  const scanner = new MarkerScanner(MARKER);
  expect([...scanner.push(Buffer.from('prompt> '))]).toEqual([{ data: Buffer.from('prompt> ') }]);
  expect([...scanner.push(Buffer.from('x\u001e'))]).toEqual([{ data: Buffer.from('x') }]);
  expect([...scanner.push(Buffer.from('y'))]).toEqual([{ data: Buffer.from('\u001ey') }]);
});

test('a line that is too long is refused, with and without an end', () => {
  for (const end of ['', '\n']) {
    const scanner = new MarkerScanner(MARKER);
    expect(() => [...scanner.push(Buffer.from(`${MARKER}${'x'.repeat(5_000)}${end}`))]).toThrow('too long');
  }
});
