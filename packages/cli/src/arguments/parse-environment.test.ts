import { expect, test } from 'vitest';
import { parseEnvironment } from './parse-environment.ts';

test('values are passed verbatim, including equals signs, spaces and empty values', () => {
  expect(parseEnvironment(['A=1=2', 'B= x ', 'C='], {})).toEqual({ A: '1=2', B: ' x ', C: '' });
});

test('a key without a value takes it from the command’s environment', () => {
  expect(parseEnvironment(['TOKEN'], { TOKEN: 'secret' })).toEqual({ TOKEN: 'secret' });
});

test('a key without a value that is not set is rejected rather than passed as empty', () => {
  expect(() => parseEnvironment(['TOKEN'], {})).toThrow('TOKEN is not set');
});

test('the last value of a key wins', () => {
  expect(parseEnvironment(['A=1', 'A=2'], {})).toEqual({ A: '2' });
});

test.each(['=x', '1A=x', 'A-B=x', 'A B=x', ''])('the key of %j is rejected', (entry) => {
  expect(() => parseEnvironment([entry], {})).toThrow('--env expects KEY=VALUE or KEY');
});

test('messages never contain a value', () => {
  let message = '';
  try {
    parseEnvironment(['A-B=hunter2'], {});
  } catch (error) {
    message = String(error);
  }
  expect(message).toContain('A-B');
  expect(message).not.toContain('hunter2');
});
