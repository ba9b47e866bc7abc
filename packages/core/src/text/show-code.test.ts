import { describe, expect, it } from 'vitest';
import { hasHidden, replaceHidden, revealFormat, revealHidden, revealLine } from './hidden-characters.ts';
import { showCode } from './show-code.ts';

/** All code points except the usual blanks, also those of unpaired surrogates. */
const ALL = Array.from({ length: 0x110000 }, (_, code) => String.fromCodePoint(code)).filter((character) => !' \t\n'.includes(character));

/** Named in reports about approvals that could be deceived; all of them were shown as they are. */
const REPORTED = [0x3164, 0xffa0, 0x115f, 0x1160, 0x034f, 0xfe00, 0xfe0f, 0xe0100, 0xe01ef, 0x180b, 0x180f, 0x17b4, 0x17b5, 0x2800, 0x00ad];
const KNOWN = [0x200b, 0x200d, 0x200e, 0x200f, 0x061c, 0x2028, 0x2062, 0x202e, 0x2066, 0xfeff, 0xe0041, 0x1b, 0x0d, 0xa0, 0x3000];

describe('showCode', () => {
  it('shows each code point that is invisible, moves others, or is ignored by default', () => {
    const invisible = /^[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]$/u;
    const lines = showCode(ALL.map((character) => `a${character}b`).join('\n')).text.split('\n');
    expect(lines).toHaveLength(ALL.length);
    const shownAsIs = ALL.filter((character, index) => lines[index] === `a${character}b`);
    expect(shownAsIs.filter((character) => invisible.test(character))).toEqual([]);
    // Letters, digits, signs and marks stay readable.
    expect(shownAsIs.length).toBeGreaterThan(140_000);
  }, 60_000);

  it.each([...REPORTED, ...KNOWN].map((code) => [code.toString(16)]))('shows U+%s as an escape, and warns', (hex) => {
    const { text, warnings } = showCode(`x = 1${String.fromCodePoint(Number.parseInt(hex, 16))}; harm()`);
    expect(text).toBe(`x = 1\\u{${hex}}; harm()`);
    expect(warnings).toContain('Hidden characters are shown as escapes such as \\u{202e}.');
  });

  it('shows usual code as is, without a warning', () => {
    const code = 'def f(x):\n\tif x:\n\n\t\treturn "1 – 2"  # → done\r\nprint(f(1))\n';
    expect(showCode(code)).toEqual({ text: code.replace('\r', ''), warnings: [] });
  });

  it('keeps code after many blanks or empty lines in sight', () => {
    const { text, warnings } = showCode(`print("hi")${' '.repeat(300)}; import shutil\n${' \n\t\n'.repeat(500)}harm()${'\t'.repeat(50)};`);
    expect(text).toBe('print("hi")[... 300 blanks ...]; import shutil\n[... 1000 empty lines ...]\nharm()[... 50 blanks ...];');
    expect(warnings).toEqual(['Long runs of blanks or empty lines are replaced with a count.']);
  });

  it('wraps long lines at the given width, and marks the rows that continue a line', () => {
    const { text } = showCode(`x = "${'y'.repeat(60)}"\nshort\n${'日本'.repeat(10)}`, { columns: 30 });
    expect(text.split('\n')).toEqual([
      `x = "${'y'.repeat(25)}`,
      `↪ ${'y'.repeat(27)}`,
      `↪ ${'y'.repeat(8)}"`,
      'short',
      '日本日本日本日本日本日本日本日',
      '↪ 本日本日本',
    ]);
  });

  it('does not let code pass for the continuation of the line above', () => {
    expect(showCode('# comment\n↪ harm()').text).toBe('# comment\n\\u{21aa} harm()');
  });

  it('shortens hidden characters in a row, so that their escapes do not fill the screen', () => {
    const { text } = showCode(`a${'\u200b'.repeat(100_000)}b${'\u{e0041}'.repeat(40)}`);
    expect(text.length).toBeLessThan(1_000);
    expect(text.replaceAll(/\n↪ /g, '')).toMatch(
      /^a(\\u\{200b\}){8}\[\.\.\. \d+ hidden characters \.\.\.\].*b(\\u\{e0041\}){8}\[\.\.\. 32 hidden characters \.\.\.\]$/,
    );
  });

  it('warns of words that can pass for other words, and shows what they are', () => {
    const [warning, ...others] = showCode('p\u0430ypal = 1\n\u{1d41e}val("x")\nnormal').warnings;
    expect(warning).toBe(
      'Words with non-ASCII characters can look like other words: p\u0430ypal (p\\u{430}ypal), \u{1d41e}val (read as eval).',
    );
    expect(others).toEqual([]);
    expect(showCode(Array.from({ length: 1_000 }, (_, index) => `é${index}`).join(' ')).warnings.join('').length).toBeLessThan(500);
  });

  it('warns of letters that are written from right to left', () => {
    expect(showCode('x = "\u05d0" # \u0627').warnings).toContain(
      'Letters that are written from right to left can appear in a different order than in the code.',
    );
  });

  it.each([
    ['ASCII lines', 'x = 1\n'],
    ['one line', 'x'],
    ['hidden characters', '\u200b'],
    ['hidden characters between letters', 'a\u200b'],
    ['astral hidden characters', '\u{e0041}'],
    ['line breaks', '\n'],
    ['carriage returns', '\r'],
    ['blanks', ' '],
    ['blanks and tabs', ' \t'],
    ['blank lines', ' \n'],
    ['words outside ASCII', 'é '],
    ['one word outside ASCII', '日'],
    ['unpaired surrogates', '\ud800'],
    ['marks', '↪'],
    ['combining marks', '\u0336'],
  ])('takes time in proportion to the length for %s', (_, piece) => {
    const startMs = performance.now();
    showCode(piece.repeat(250_000 / piece.length));
    expect(performance.now() - startMs).toBeLessThan(2_000);
  });
});

describe('hidden characters of names', () => {
  it('are found, shown or replaced, with tabs and line breaks among them', () => {
    const name = 'a\tb\nc\u202ed e\u3164.txt';
    expect([hasHidden(name), hasHidden('a b–é日.txt')]).toEqual([true, false]);
    expect(revealLine(name)).toBe('a\\u{9}b\\u{a}c\\u{202e}d e\\u{3164}.txt');
    expect(revealHidden(name)).toBe('a\tb\nc\\u{202e}d e\\u{3164}.txt');
    expect(revealFormat('\u001b[31m\u202e')).toBe('\u001b[31m\\u{202e}');
    expect(replaceHidden(name, () => '_')).toBe('a_b_c_d e_.txt');
  });
});
