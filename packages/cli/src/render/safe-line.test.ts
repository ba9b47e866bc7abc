import { expect, test } from 'vitest';
import { safeLine } from './safe-line.ts';

const ESC = '\u001b';

test('guest text becomes a single line without colours and control characters', () => {
  expect(safeLine(` ${ESC}[31mred${ESC}[0m\r\n${ESC}[2Jname${ESC}[:m\t${ESC}[12345mend `)).toBe('red name end');
});
