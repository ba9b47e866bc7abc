import { expect, it } from 'vitest';
import { AnswerPrinter } from './answer-printer.ts';

function printed(code: string): string {
  let text = '';
  const printer = new AnswerPrinter({
    hasColors: false,
    write: (piece) => {
      text += piece;
    },
  });
  printer.code({ code, language: 'python' });
  return text;
}

it.each([
  ['a colour that conceals', 'a = "\u001b[8m"; harm()', '│ a = "\\u{1b}[8m"; harm()'],
  ['a line that ends in secret', '# harmless\rharm()', '│ # harmless\\u{d}harm()'],
  ['a line end of JavaScript', '// harmless\u2028harm()', '│ // harmless\\u{2028}harm()'],
  ['another direction', 'x = 1 # \u202e )(mrah', '│ x = 1 # \\u{202e} )(mrah'],
])('shows all of the code that a person is asked about: %s', (_, code, line) => {
  expect(printed(code)).toBe(`┌─ python\n${line}\n└─\n`);
});

it('shows line ends of Windows as line ends', () => {
  expect(printed('a\r\nb\r\n')).toBe('┌─ python\n│ a\n│ b\n└─\n');
});
