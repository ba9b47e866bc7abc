import type { Description, Environment, ExecutionEvent, ExecutorCapabilities } from '@sandpod/core';
import { BaseCodeExecutor } from '@sandpod/core/backend';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { codeInputSchema } from './code-input-schema.ts';
import { describeExecutor } from './describe-executor.ts';

/** An executor that only describes itself. */
class DescribedExecutor extends BaseCodeExecutor {
  readonly capabilities: ExecutorCapabilities;
  readonly #environment: Environment | undefined;

  constructor(capabilities: Partial<ExecutorCapabilities> = {}, environment?: Environment) {
    super();
    this.#environment = environment;
    const language = (id: string, policy: 'run' | 'save') => ({ id, policy, aliases: [] });
    const languages = [language('r', 'run'), language('python', 'run'), language('html', 'save')];
    const rest = {
      state: 'files',
      stdin: true,
      files: true,
      streaming: [],
      network: 'none',
      parallelCalls: false,
      streams: 'separate',
      exitCodes: true,
      richResults: false,
      enforces: ['time', 'memory'],
    } as const;
    this.capabilities = { languages, ...rest, ...capabilities };
  }

  describe(): Description {
    return {
      backend: 'described',
      versions: { python: '3.14' },
      weaknesses: [],
      notes: [],
      ...(this.#environment && { environment: this.#environment }),
    };
  }

  stream(): AsyncIterable<ExecutionEvent> {
    throw new Error('This executor runs nothing.');
  }

  async start(): Promise<void> {}
  async restart(): Promise<void> {}
  async stop(): Promise<void> {}
}

test('lists the languages that run, with versions, and the limits', () => {
  const text = describeExecutor(new DescribedExecutor(), { timeoutMs: 90_000 });
  expect(text).toContain('Languages: python 3.14, r.');
  expect(text).not.toContain('html');
  expect(text).toContain('Limited: time (90 s per call), memory.');
  expect(describeExecutor(new DescribedExecutor())).toContain('Limited: time, memory.');
});

test('an environment adds its summary, instead of the advice to check packages, and numbers to the limits', () => {
  const MiB = 1024 * 1024;
  const limits = { cpus: 0.5, memoryBytes: 256 * MiB, processes: 32, workspaceBytes: 512 * MiB, outputBytes: 8 * MiB };
  const environment = { summary: 'There is no numpy.', provides: [], lacks: [], limits };
  const enforces = ['time', 'cpu', 'memory', 'processes', 'disk', 'output'] as const;
  const text = describeExecutor(new DescribedExecutor({ enforces }, environment), { timeoutMs: 60_000 });
  expect(text).toContain('There is no numpy.');
  expect(text).not.toContain('Check that a package');
  expect(text).toContain(
    'Limited: time (60 s per call), CPU (0.5), memory (256 MiB), number of processes (32), disk space (512 MiB), amount of output (8 MiB).',
  );
});

test.each([
  [{ state: 'kernel' }, /variables, imports and files are kept/],
  [{ state: 'none' }, /starts from scratch/],
  [{ network: 'open' }, /can access the network/],
  [{ network: 'none' }, /There is no network/],
  [{ richResults: true }, /value of the last expression and displayed figures/],
  [{ files: false }, /^(?!.*Write files)/],
  [{ languages: [] }, /No language can be run/],
] as [Partial<ExecutorCapabilities>, RegExp][])('%j is described', (capabilities, expected) => {
  expect(describeExecutor(new DescribedExecutor(capabilities))).toMatch(expected);
});

test('the input is code and a language, Python by default', () => {
  const schema = codeInputSchema(new DescribedExecutor());
  expect(schema.parse({ code: 'x' })).toEqual({ code: 'x', language: 'python' });
  expect(schema.safeParse({ code: 'x', language: 'html' }).success).toBe(false);
  expect(schema.safeParse({ code: '' }).success).toBe(false);
  expect(z.toJSONSchema(schema, { io: 'input' })).toMatchObject({
    required: ['code'],
    properties: { language: { enum: ['python', 'r'], default: 'python' } },
  });
});

test('without Python the language is required, unless there is only one language', () => {
  const language = (id: string) => ({ id, policy: 'run' as const, aliases: [] });
  const two = codeInputSchema(new DescribedExecutor({ languages: [language('r'), language('julia')] }));
  expect(two.safeParse({ code: 'x' }).success).toBe(false);
  const one = codeInputSchema(new DescribedExecutor({ languages: [language('r')] }));
  expect(one.parse({ code: 'x' })).toEqual({ code: 'x', language: 'r' });
});
