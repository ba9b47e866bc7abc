import { describe, expect, test } from 'vitest';
import { type FakeOperation, FakeProvider } from '../../test/fixtures/fake-provider.ts';
import type { CodeResult } from '../contract/code-result.ts';
import { CommandLineCodeExecutor } from './command-line-code-executor.ts';
import type { CommandLineOptions } from './command-line-options.ts';

const LIMIT_MS = 300;
/** The grace, and what a sandbox has to settle. */
const MOST_MS = LIMIT_MS + 6_000;

function createExecutor(options: CommandLineOptions = {}): { executor: CommandLineCodeExecutor; provider: FakeProvider } {
  const provider = new FakeProvider();
  return { provider, executor: new CommandLineCodeExecutor({ provider, timeoutMs: LIMIT_MS, ...options }) };
}

const FUNCTIONS = { functions: ['def f():\n    return 1\n'] };

const PRINT = [{ language: 'sh', code: 'print' }];

interface Hanging {
  readonly step: string;
  readonly operation: FakeOperation;
  readonly options?: CommandLineOptions;
  readonly run: (executor: CommandLineCodeExecutor) => Promise<CodeResult>;
}

const HANGING: readonly Hanging[] = [
  { step: 'starting the sh program', operation: 'spawn', run: (executor) => executor.execute(PRINT) },
  {
    step: 'writing in.txt',
    operation: 'write',
    run: (executor) => executor.execute(PRINT, { files: [{ path: 'in.txt', content: 'x' }], collectFiles: true }),
  },
  {
    step: 'writing page.html',
    operation: 'write',
    run: (executor) => executor.execute([{ language: 'html', code: '', filename: 'page.html' }]),
  },
  { step: 'listing the files in the workspace', operation: 'list', run: (executor) => executor.execute(PRINT, { collectFiles: true }) },
  { step: 'deleting tmp_code_', operation: 'delete', options: { deleteTmpFiles: true }, run: (executor) => executor.execute(PRINT) },
  {
    step: 'ending leftover processes',
    operation: 'end-processes',
    options: { leftovers: 'end' },
    run: (executor) => executor.execute(PRINT),
  },
];

describe('the time limit of a call', { timeout: 30_000 }, () => {
  test.concurrent.each(HANGING)(
    'a sandbox that hangs while $step is replaced, and the outcome is timeout',
    async ({ step, operation, ...hanging }) => {
      const { executor, provider } = createExecutor(hanging.options);
      await executor.start();
      const [first] = provider.sandboxes;
      first?.hanging.add(operation);
      const startedMs = performance.now();
      const result = await hanging.run(executor);
      expect(performance.now() - startedMs).toBeLessThan(MOST_MS);
      expect(result).toMatchObject({ outcome: 'timeout', exitCode: null, stateLost: true });
      expect(result.reason).toContain(`The time limit of ${LIMIT_MS} ms was reached while ${step}`);
      expect(await executor.execute(PRINT)).toMatchObject({ outcome: 'ok', stdout: 'print', stateLost: false });
      expect(provider.sandboxes).toHaveLength(2);
      expect(first?.log).toContain('remove');
    },
  );

  test.concurrent('a sandbox in which restoring the functions hangs is replaced', async () => {
    const { executor, provider } = createExecutor(FUNCTIONS);
    provider.onCreate = (sandbox) => {
      sandbox.run = async ({ argv = ['python3'] }) => ({ exitCode: 0, stdout: `\n${argv.at(-1)}\n`, stderr: '', outcome: 'ok' });
    };
    expect(await executor.execute(PRINT)).toMatchObject({ outcome: 'ok' });
    const [first] = provider.sandboxes;
    first?.hanging.add('read');
    const result = await executor.execute(PRINT);
    expect(result).toMatchObject({ outcome: 'timeout', stateLost: true, blocks: [] });
    expect(result.reason).toBe(`The time limit of ${LIMIT_MS} ms was reached while restoring the functions.`);
    expect(await executor.execute(PRINT)).toMatchObject({ outcome: 'ok' });
  });

  test.concurrent('an operation on `files` that hangs fails within the time limit of the executor', async () => {
    const { executor, provider } = createExecutor();
    await executor.start();
    provider.last.hanging.add('read');
    await expect(executor.files.readTextFile({ path: 'a' })).rejects.toMatchObject({
      code: 'transport',
      message: expect.stringContaining(`within ${LIMIT_MS} ms`),
    });
    await expect(executor.files.readTextFile({ path: 'a', timeoutMs: 100 })).rejects.toMatchObject({
      message: expect.stringContaining('within 100 ms'),
    });
  });

  test.concurrent('a sandbox that is slow, but reacts to an abort, is kept', async () => {
    const { executor, provider } = createExecutor({ deleteTmpFiles: true });
    await executor.start();
    provider.last.slow.add('write');
    const result = await executor.execute(PRINT, { files: [{ path: 'in.txt', content: 'x' }], collectFiles: true });
    expect(result).toMatchObject({ outcome: 'timeout', stateLost: false, blocks: [] });
    provider.last.slow.clear();
    expect(await executor.execute(PRINT)).toMatchObject({ outcome: 'ok', stateLost: false });
    provider.last.slow.add('delete');
    expect(await executor.execute(PRINT)).toMatchObject({ outcome: 'ok', exitCode: 0, stateLost: false });
    expect(provider.sandboxes).toHaveLength(1);
  });

  test.concurrent('collecting that takes too long does not change the outcome; what was collected is returned', async () => {
    const { executor, provider } = createExecutor();
    await executor.start();
    const listing = provider.last.listTree.bind(provider.last);
    provider.last.listTree = (options) => {
      provider.last.slow.add('read');
      return listing(options);
    };
    const result = await executor.execute([{ language: 'sh', code: 'save' }], { collectFiles: true });
    expect(result).toMatchObject({ outcome: 'ok', exitCode: 0, files: [], stateLost: false });
    expect(result.reason).toMatch(/^Not all files could be collected: The time limit of 300 ms was reached while collecting files\.$/);
  });

  test.concurrent('a program that neither ends nor can be killed costs the sandbox, not the call', async () => {
    const { executor, provider } = createExecutor();
    await executor.start();
    for (const operation of ['wait', 'kill'] as const) provider.last.hanging.add(operation);
    const result = await executor.execute([{ language: 'sh', code: 'loop' }]);
    expect(result).toMatchObject({ outcome: 'timeout', stdout: 'loop', stateLost: true });
  });

  test.concurrent('an abort frees the queue from an operation that never settles', async () => {
    const { executor, provider } = createExecutor({ timeoutMs: 60_000 });
    await executor.start();
    provider.last.hanging.add('spawn');
    const result = await executor.execute(PRINT, { abortSignal: AbortSignal.timeout(100) });
    expect(result).toMatchObject({ outcome: 'cancelled', stateLost: true });
    expect(await executor.execute(PRINT)).toMatchObject({ outcome: 'ok' });
  });

  test.concurrent('the wait for a start is in startMs, not in durationMs, and not limited', async () => {
    const { executor, provider } = createExecutor();
    provider.onCreate = async (sandbox) => {
      await new Promise((resolve) => setTimeout(resolve, 600));
      sandbox.startMs = 400;
    };
    const first = await executor.execute(PRINT);
    expect(first.outcome).toBe('ok');
    expect(first.startMs).toBeGreaterThanOrEqual(990);
    expect(first.durationMs).toBeLessThan(300);
    provider.last.startMs = 0;
    expect((await executor.execute(PRINT)).startMs).toBeLessThan(200);
  });
});
