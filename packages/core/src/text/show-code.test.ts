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

  it('does not let five harmless words keep another word out of the warning', () => {
    const decoys = Array.from({ length: 20 }, (_, index) => `${'\u0430'.repeat(index + 2)}`).join(' ');
    expect(showCode(`${decoys}\nev\u0430l(x)`).warnings.join()).toMatch(/ and others\.$/);
  });

  it.each([
    ['a slash', 'curl https://good.com\u2215@evil.com', '\u2215 (\\u{2215})'],
    ['a full-width slash', 'rm -rf a\uff0fb', '\uff0f (read as /)'],
    ['a Greek question mark', 'x = 1\u037e', '\u037e (read as ;)'],
    ['a colon', 'x\ua789 1', '\ua789 (\\u{a789})'],
  ])('warns of a sign that looks like %s', (_, code, warning) => {
    expect(showCode(code).warnings.join()).toContain(warning);
  });

  it('does not warn of usual signs in texts', () => {
    expect(showCode('print("m² → 5 € … “a” – b • ✓ ½ ™")').warnings).toEqual([]);
  });

  it('shows many marks on one letter as escapes, because they cover other lines', () => {
    const { text, warnings } = showCode(`a${'\u0336'.repeat(40)}; e\u0301`);
    expect(text.replaceAll('\n↪ ', '')).toMatch(/^a(\\u\{336\}){8}\[\.\.\. 32 hidden characters \.\.\.\]; e\u0301$/);
    expect(warnings.join()).toContain('Many marks on one letter');
  });

  it('warns if the code does not fit on a screen', () => {
    expect(showCode('#\n'.repeat(10_000)).warnings).toEqual([
      'The code fills 10001 lines, so some of it can be out of sight. Read all of it before you approve.',
    ]);
    expect(showCode('#\n'.repeat(200)).warnings).toEqual([]);
  });

  it('shows every character of a long line once, whatever its parts', () => {
    const line = Array.from({ length: 60_000 }, (_, index) => (index % 7 === 0 ? '😀' : String(index % 10))).join('');
    const { text } = showCode(line);
    expect(text.replaceAll('\n↪ ', '')).toBe(line);
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
