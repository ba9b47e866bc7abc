import { describe, expect, it } from 'vitest';
import { sanitizeTerminalText, stripColours } from './sanitize-terminal-text.ts';
import { TerminalSanitizer } from './terminal-sanitizer.ts';

const ESC = '\u001b';
const BEL = '\u0007';
const ST = `${ESC}\\`;

describe('stripColours', () => {
  it('removes every color sequence that the sanitizer keeps', () => {
    const text = `${ESC}[1;31mred${ESC}[0m ${ESC}[38;2;1;2;3mtrue${ESC}[m ${ESC}[4:3mcurly${ESC}[:m ${ESC}[12345m.`;
    expect(sanitizeTerminalText(text)).toContain(`${ESC}[:m`);
    expect(stripColours(sanitizeTerminalText(text))).toBe('red true curly .');
  });
});

describe('sanitizeTerminalText', () => {
  it('keeps text, line breaks, tabs and characters from every script', () => {
    const text = 'a\tb\nc\r\nd  grüße 😀 中文 שלום\u00a0\n';
    expect(sanitizeTerminalText(text)).toBe(text);
  });

  it('keeps colors', () => {
    const text = `${ESC}[1;31mred${ESC}[0m ${ESC}[38;2;1;2;3mtrue colour${ESC}[m ${ESC}[4:3mcurly${ESC}[0m`;
    expect(sanitizeTerminalText(text)).toBe(text);
  });

  it('resets a color that was left on', () => {
    expect(sanitizeTerminalText(`${ESC}[31mred`)).toBe(`${ESC}[31mred${ESC}[0m`);
  });

  it.each([
    ['cursor movement', `${ESC}[2A`],
    ['clearing the screen', `${ESC}[2J`],
    ['a switch to the alternate screen', `${ESC}[?1049h`],
    ['a status request', `${ESC}[6n`],
    ['keyboard modes that end in m', `${ESC}[>4;2m`],
    ['a private sequence that ends in m', `${ESC}[?4m`],
    ['a sequence with an intermediate character', `${ESC}[1 m`],
    ['a color sequence that is too long', `${ESC}[${'1;'.repeat(40)}m`],
    ['a window title', `${ESC}]0;title${BEL}`],
    ['a title ended by ST', `${ESC}]2;title${ST}`],
    ['the clipboard', `${ESC}]52;c;ZXZpbA==${BEL}`],
    ['a device control string', `${ESC}P1$r0m${ST}`],
    ['an application command', `${ESC}_Gpayload${ST}`],
    ['a privacy message', `${ESC}^payload${ST}`],
    ['a start of string', `${ESC}Xpayload${ST}`],
    ['a reset', `${ESC}c`],
    ['a saved cursor', `${ESC}7`],
    ['a character set', `${ESC}(0`],
    ['a C1 control sequence', '\u009b2J'],
    ['a C1 color sequence', '\u009b31m'],
    ['a C1 operating system command', '\u009d0;title\u009c'],
    ['a C1 device control string', '\u0090payload\u009c'],
    ['other C1 controls', '\u0085\u008d\u0099'],
    ['C0 controls', '\u0000\u0007\u0008\u000b\u000c\u000e\u001a\u007f'],
    ['direction overrides', '\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069'],
    ['a sequence that is interrupted by another sequence', `${ESC}[31${ESC}[2J`],
    ['an escape at the end', ESC],
    ['an unfinished sequence', `${ESC}[31`],
  ])('removes %s', (_, sequence) => {
    const isAtEnd = sequence === ESC || sequence.endsWith('[31');
    expect(sanitizeTerminalText(`before${sequence}${isAtEnd ? '' : 'after'}`)).toBe(isAtEnd ? 'before' : 'beforeafter');
  });

  it('keeps the text of a hyperlink without its target', () => {
    expect(sanitizeTerminalText(`${ESC}]8;;https://evil.example${ST}text${ESC}]8;;${ST}!`)).toBe('text!');
  });

  it('keeps a line that a CR without LF would overwrite', () => {
    expect(sanitizeTerminalText('rm -rf /\rls\r\n')).toBe('rm -rf /\nls\r\n');
    expect(sanitizeTerminalText('10%\r20%\r')).toBe('10%\n20%\n');
    expect(sanitizeTerminalText('a\r\r\nb')).toBe('a\n\r\nb');
  });

  it('hides at most one line after an unfinished control string', () => {
    expect(sanitizeTerminalText(`a${ESC}]0;never ended\nb`)).toBe('a\nb');
    expect(sanitizeTerminalText(`a${ESC}[31\nb`)).toBe('a\nb');
  });

  it('keeps a character directly after an escape', () => {
    expect(sanitizeTerminalText(`${ESC}é${ESC}[1😀${ESC}(é`)).toBe('é😀é');
  });

  it('removes everything that controls a terminal, for any mix of dangerous pieces', () => {
    const pieces = [
      ESC,
      '[',
      ']',
      'P',
      '\\',
      'm',
      'J',
      '0',
      '31',
      ';',
      ':',
      '?',
      ' ',
      '(',
      'a',
      'é',
      '😀',
      '\n',
      '\r',
      '\t',
      BEL,
      '\u009b',
      '\u009c',
      '\u009d',
      '\u202e',
      '\u007f',
      '\u0018',
    ];
    let state = 5;
    const next = (below: number): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    for (let round = 0; round < 3000; round += 1) {
      const text = Array.from({ length: next(30) }, () => pieces[next(pieces.length)]).join('');
      const clean = sanitizeTerminalText(text);
      const withoutColours = clean.replaceAll(new RegExp(`${ESC}\\[[0-9;:]*m`, 'g'), '').replaceAll('\r\n', '\n');
      // biome-ignore lint/suspicious/noControlCharactersInRegex: this pattern must match control characters
      expect(withoutColours).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
      expect(sanitizeTerminalText(clean)).toBe(clean);
    }
  });
});

describe('TerminalSanitizer', () => {
  const text = `a${ESC}[1;31mred${ESC}[0m${ESC}]52;c;AAAA${BEL}b\r\nc\rd${ESC}P1${ST}e${ESC}]8;;x${ST}f\u009b2Jg\n😀`;

  it.each([1, 2, 3, 7])('returns the same text for pieces of %i characters', (size) => {
    const sanitizer = new TerminalSanitizer();
    let clean = '';
    for (let start = 0; start < text.length; start += size) clean += sanitizer.push(text.slice(start, start + size));
    expect(clean + sanitizer.end()).toBe(sanitizeTerminalText(text));
  });

  it('returns text immediately', () => {
    const sanitizer = new TerminalSanitizer();
    expect(sanitizer.push(`a${ESC}[3`)).toBe('a');
    expect(sanitizer.push('1mb')).toBe(`${ESC}[31mb`);
    expect(sanitizer.push('c\r')).toBe('c');
    expect(sanitizer.push('\nd')).toBe('\r\nd');
    expect(sanitizer.end()).toBe(`${ESC}[0m`);
    expect(sanitizer.end()).toBe('');
  });

  it('does not store the content of an unterminated control string', () => {
    const sanitizer = new TerminalSanitizer();
    const megabyte = 'x'.repeat(1024 * 1024);
    expect(sanitizer.push(`${ESC}]52;c;`)).toBe('');
    const before = process.memoryUsage().heapUsed;
    for (let count = 0; count < 30; count += 1) expect(sanitizer.push(megabyte)).toBe('');
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(15 * 1024 * 1024);
    expect(sanitizer.push(`${BEL}end`)).toBe('end');
  });

  it('does not store the digits of an unterminated color sequence', () => {
    const sanitizer = new TerminalSanitizer();
    for (let count = 0; count < 100; count += 1) expect(sanitizer.push(count === 0 ? `${ESC}[` : '1'.repeat(10_000))).toBe('');
    expect(sanitizer.push('mend')).toBe('end');
  });
});
