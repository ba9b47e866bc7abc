import { expect, test } from 'vitest';
import { resolveOptions, separateOptions } from './command-line-options.ts';

test('variables go to the machine and to each block, where they take precedence over those of the language', () => {
  const env = { PYTHONUNBUFFERED: '0' };
  const { forExecutor, forProvider } = separateOptions<{ image?: string; env?: object }>({ env, image: 'x', timeoutMs: 5 });
  expect(forExecutor).toEqual({ env, timeoutMs: 5 });
  expect(forProvider).toEqual({ env, image: 'x' });
});

test('an executor with kernels needs a provider of kernels, and cannot end every process after each call', () => {
  const provider = { name: 'x', capabilities: {}, create: () => {} } as never;
  const kernelProvider = { languages: new Set(['python']), start: () => {} } as never;
  expect(() => resolveOptions({ provider, state: 'kernel' })).toThrow(/kernelProvider: expected a KernelProvider/);
  expect(() => resolveOptions({ provider, kernelProvider, state: 'kernel', leftovers: 'end' })).toThrow(/leftovers: expected 'keep'/);
});
