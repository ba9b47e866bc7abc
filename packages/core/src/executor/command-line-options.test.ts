import { expect, test } from 'vitest';
import { separateOptions } from './command-line-options.ts';

test('variables go to the machine and to each block, where they take precedence over those of the language', () => {
  const env = { PYTHONUNBUFFERED: '0' };
  const { forExecutor, forProvider } = separateOptions<{ image?: string; env?: object }>({ env, image: 'x', timeoutMs: 5 });
  expect(forExecutor).toEqual({ env, timeoutMs: 5 });
  expect(forProvider).toEqual({ env, image: 'x' });
});
