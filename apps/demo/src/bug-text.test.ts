import { expect, it } from 'vitest';
import { bugText } from './bug-text.ts';

it('shows the stack of an error, without terminal codes', () => {
  const text = bugText(new Error('no file \u001b]52;c;ZXZpbA==\u0007\u001b[2Jnamed so'));
  expect(text).toContain('demo: Error: no file named so\n    at ');
  expect(text).not.toContain('\u001b');
});
