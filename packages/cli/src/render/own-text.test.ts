import { expect, test } from 'vitest';
import { ownText } from './own-text.ts';

const ESC = '\u001b';

test('what a guest wrote becomes one line without colours and controls', () => {
  expect(ownText(` ${ESC}[31mred${ESC}[0m\r\n${ESC}[2Jname${ESC}[:m\t${ESC}[12345mend `)).toBe('red name end');
});
