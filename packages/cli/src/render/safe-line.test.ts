import { expect, test } from 'vitest';
import { safeLine } from './safe-line.ts';

const ESC = '\u001b';

test('guest text becomes a single line without colours and control characters', () => {
  expect(safeLine(` ${ESC}[31mred${ESC}[0m\r\n${ESC}[2Jname${ESC}[:m\t${ESC}[12345mend `)).toBe('red name end');
});

test('characters that people cannot see are shown as escapes', () => {
  expect(safeLine(`"report\u202egnp.exe" a\u200b\u3164${ESC}[2J b`)).toBe('"report\\u{202e}gnp.exe" a\\u{200b}\\u{3164} b');
});
