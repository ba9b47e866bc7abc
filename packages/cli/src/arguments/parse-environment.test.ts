import { expect, test } from 'vitest';
import { parseEnvironment } from './parse-environment.ts';

test('values arrive verbatim, also with equals signs, spaces and nothing', () => {
  expect(parseEnvironment(['A=1=2', 'B= x ', 'C='], {})).toEqual({ A: '1=2', B: ' x ', C: '' });
});

test('a key alone takes its value from the own environment', () => {
  expect(parseEnvironment(['TOKEN'], { TOKEN: 'secret' })).toEqual({ TOKEN: 'secret' });
});

test('a key alone that is not set is refused rather than passed on empty', () => {
  expect(() => parseEnvironment(['TOKEN'], {})).toThrow('TOKEN is not set');
});

test('the last value of a key wins', () => {
  expect(parseEnvironment(['A=1', 'A=2'], {})).toEqual({ A: '2' });
});

test.each(['=x', '1A=x', 'A-B=x', 'A B=x', ''])('the key of %j is refused', (entry) => {
  expect(() => parseEnvironment([entry], {})).toThrow('--env expects KEY=VALUE or KEY');
});

test('a message never repeats a value', () => {
  let message = '';
  try {
    parseEnvironment(['A-B=hunter2'], {});
  } catch (error) {
    message = String(error);
  }
  expect(message).toContain('A-B');
  expect(message).not.toContain('hunter2');
});
