import { expect, test } from 'vitest';
import { cleanLine, cleanText, TextCleaner } from './clean-text.ts';

const hostile = 'a\u001b]8;;http://evil\u0007link\u001b]8;;\u0007\u001b[31mred\u001b[0m\u009b2J\u0007\u202e\u{e0041}\ud800\r\nb\rc\td';
const clean = 'alinkred\ufffd\nb\nc\td';

test('removes terminal codes, colours, direction marks, tags and lone surrogates, and keeps text, line breaks and tabs', () => {
  expect(cleanText(hostile)).toBe(clean);
});

test.each(['\u001b[:m', '\u001b[;:m', '\u001b[4:3m', '\u001b[12345m', '\u001b[38:2::1:2:3m', '\u{e0100}\u{e01ef}'])(
  'removes all of %j',
  (sequence) => {
    expect(cleanText(`a${sequence}b`)).toBe('ab');
    expect(new TextCleaner().push(`a${sequence}b`)).toBe('ab');
  },
);

test('text in pieces of any size gives the same result', () => {
  for (const size of [1, 2, 3, 7]) {
    const cleaner = new TextCleaner();
    const pieces = hostile.match(new RegExp(`.{1,${size}}`, 'gsu')) ?? [];
    expect(pieces.map((piece) => cleaner.push(piece)).join('') + cleaner.end()).toBe(clean);
  }
});

test('removes every format character and every character that Unicode ignores by default', () => {
  const invisible = /^[\p{Cf}\p{Default_Ignorable_Code_Point}]$/u;
  const all = Array.from({ length: 0x110000 }, (_, code) => String.fromCodePoint(code)).filter((character) => invisible.test(character));
  expect(all.length).toBeGreaterThan(4_000);
  const lines = cleanText(all.map((character) => `a${character}b`).join('\n')).split('\n');
  expect(all.filter((_, index) => lines[index] !== 'ab')).toEqual([]);
});

test('keeps the joiners of scripts and emoji that need them, but not in ASCII text or in a row', () => {
  const joined = '\u0645\u06cc\u200c\u062e \u{1f468}\u200d\u{1f469} \u2764\ufe0f\u200d\u{1f525}';
  expect(cleanText(joined)).toBe(joined);
  expect(cleanText('a\u200db \u00e9\u200d\u200d\ufe0f\u200cc')).toBe('ab \u00e9\u200dc');
});

test('a line stays a single line', () => {
  expect(cleanLine(' a\nb\r\nc\u2028d ')).toBe('a b c d');
  expect(cleanLine('x\r'.repeat(5_000_000)).length).toBeLessThan(11_000);
});
