import { expect, it } from 'vitest';
import { AnswerPrinter } from './answer-printer.ts';

function printed(print: (printer: AnswerPrinter) => void): string {
  let text = '';
  const printer = new AnswerPrinter({
    hasColors: false,
    write: (piece) => {
      text += piece;
    },
  });
  print(printer);
  return text;
}

function printedCode(code: string): string {
  return printed((printer) => printer.code({ code, language: 'python' }));
}

it.each([
  ['a color that conceals', 'a = "\u001b[8m"; harm()', '│ a = "\\u{1b}[8m"; harm()'],
  ['a line that ends in secret', '# harmless\rharm()', '│ # harmless\\u{d}harm()'],
  ['a line end of JavaScript', '// harmless\u2028harm()', '│ // harmless\\u{2028}harm()'],
  ['another direction', 'x = 1 # \u202e )(mrah', '│ x = 1 # \\u{202e} )(mrah'],
])('shows every character of the code that the user must approve: %s', (_, code, line) => {
  const warning = '! Hidden characters are shown as escapes such as \\u{202e}.';
  expect(printedCode(code)).toBe(`┌─ python\n${line}\n└─\n${warning}\n`);
});

it('keeps code in sight that follows many blanks, wraps long lines, and warns', () => {
  const shown = printedCode(`print("hi")${' '.repeat(300)}; harm()  # ${'x'.repeat(200)}\u3164`);
  expect(shown).toContain('│ print("hi")[... 300 blanks ...]; harm()');
  expect(Math.max(...shown.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  expect(shown).toContain('x\\u{3164}\n└─\n! Hidden characters are shown as escapes such as \\u{202e}.\n! Long runs of blanks');
});

it('shows hidden characters in names', () => {
  expect(printed((printer) => printer.line('  report\u202egnp.exe  5 bytes'))).toBe('  report\\u{202e}gnp.exe  5 bytes\n');
});

it('shows Windows line ends as line ends', () => {
  expect(printedCode('a\r\nb\r\n')).toBe('┌─ python\n│ a\n│ b\n└─\n');
});

it('shows names and text without the terminal codes in them', () => {
  expect(printed((printer) => printer.line('  \u001b[8mhidden\u001b[31;1m.txt  5 bytes'))).toBe('  hidden.txt  5 bytes\n');
  const words = ['a\u001b[', '8mb', '\u001b[0m', 'c'];
  const text = printed((printer) => {
    for (const word of words) printer.text(word);
    printer.end();
  });
  expect(text).toBe('abc\n');
});
