import assert from 'node:assert/strict';
import type { CodeExecutor, CodeResult } from '@sandpod/core';
import { type AttackSignal, BOMB_BYTES, pythonAttacker, pythonFlipper, pythonForger } from '../../guest/python-attackers.ts';
import { MemoryWatch } from '../../tools/memory-watch.ts';
import { pause } from '../../tools/within.ts';
import type { ExecutorContext } from '../executor-context.ts';
import type { ExecutorFactoryOptions } from '../executor-suite-config.ts';
import type { ExecutorTheme } from '../executor-test.ts';

const TIMEOUT_MS = 4_000;
/** The grace period of the executor, the time that a stuck sandbox has to settle, and a margin for slow machines. */
const LATE_MS = 8_000;
/** Milliseconds in which an attacker finds the processes that wait. */
const HEAD_START_MS = 500;

const PRINT = { language: 'python', code: 'print("own", end="")' };

interface Use {
  readonly name: string;
  readonly options?: ExecutorFactoryOptions;
  /** Resolves with undefined if the call has no result. */
  readonly call: (executor: CodeExecutor) => Promise<CodeResult | undefined>;
}

const USES: readonly Use[] = [
  { name: 'a call', options: { deleteTmpFiles: true }, call: (executor) => executor.execute([PRINT]) },
  {
    name: 'a call with files',
    call: (executor) => executor.execute([PRINT], { files: [{ path: 'in.txt', content: 'x' }], collectFiles: true }),
  },
  { name: 'a call that collects files', call: (executor) => executor.execute([PRINT], { collectFiles: true }) },
  {
    name: 'a call with functions',
    options: { functions: ['def add(a, b):\n    return a + b\n'] },
    call: (executor) => executor.execute([PRINT]),
  },
  { name: 'a block that is saved', call: (executor) => executor.execute([{ language: 'html', code: '<p>' }]) },
  {
    name: 'a read',
    call: async (executor) => {
      await executor.files?.readTextFile({ path: 'missing.txt' }).catch(() => {});
      return undefined;
    },
  },
];

/** Runs an attacker and then uses the executor. Every use must end in time, and programs must run again soon. */
async function expectRecovery(context: ExecutorContext, attack: { readonly use: Use; readonly signal: AttackSignal }): Promise<void> {
  const { use, signal } = attack;
  const executor = await context.fresh({ ...use.options, timeoutMs: TIMEOUT_MS });
  const first = await executor.execute([{ language: 'python', code: pythonAttacker(signal) }], { timeoutMs: context.scaled(30_000) });
  assert.equal(context.expectOk(first), '');
  await pause(HEAD_START_MS);
  let isLost = false;
  let hasFailed = false;
  for (let call = 1; call <= 3; call += 1) {
    const startedMs = performance.now();
    const result = await use.call(executor);
    const ms = Math.round(performance.now() - startedMs - (result?.startMs ?? 0));
    assert.ok(ms < context.scaled(TIMEOUT_MS + LATE_MS), `${use.name} took ${ms} ms`);
    if (result === undefined) continue;
    isLost ||= result.stateLost;
    if (result.outcome === 'ok') break;
    hasFailed = true;
    assert.ok((result.reason ?? '') !== '', 'expected a reason');
  }
  const last = await executor.execute([PRINT], { timeoutMs: context.scaled(30_000) });
  assert.equal(context.expectOk(last), 'own');
  // On a busy machine, the attacker can be too late to do harm.
  assert.ok(!hasFailed || isLost || last.stateLost, `${use.name}: expected the sandbox to be replaced`);
}

/** Waits for all, also if one fails, because the others would start sandboxes after the end of the test. */
async function all(attempts: readonly Promise<void>[]): Promise<void> {
  await Promise.allSettled(attempts);
  await Promise.all(attempts);
}

const LOG = 'stolen.log';

/** Leaves a forger behind, and waits until it is ready. */
async function leaveForger(
  context: ExecutorContext,
  options: { readonly executor: CodeExecutor; readonly afterMs: number },
): Promise<void> {
  const code = pythonForger({ afterMs: options.afterMs, log: LOG });
  context.expectOk(await options.executor.execute([{ language: 'python', code }]));
  await pause(HEAD_START_MS);
}

/** Runs a call whose code, variables and output an earlier call must neither read nor change. */
async function expectOwnResult(executor: CodeExecutor): Promise<void> {
  const code = 'import os, sys; print(os.environ["SECRET"]); sys.exit(3)';
  const result = await executor.execute([{ language: 'python', code }], { env: { SECRET: 'of-call-2' } });
  assert.deepEqual([result.outcome, result.exitCode, result.stdout], ['failed', 3, 'of-call-2\n']);
}

/** Tests guests that attack the processes with which sandpod serves a sandbox. */
export const hostileGuestsTheme: ExecutorTheme = {
  name: 'hostile guests',
  tests: [
    {
      name: "a process that stops sandpod's processes delays no call beyond its time limit, and costs at most the sandbox",
      needs: ['python', 'background', 'memory-limit', 'option-timeout', 'option-functions', 'option-delete-tmp-files'],
      budgetMs: 120_000,
      body: async (context) => {
        await all(USES.map((use) => expectRecovery(context, { use, signal: 'SIGSTOP' })));
      },
    },
    {
      name: "a process that kills sandpod's processes costs at most the sandbox",
      needs: ['python', 'background', 'memory-limit', 'option-timeout', 'option-functions', 'option-delete-tmp-files'],
      budgetMs: 120_000,
      body: async (context) => {
        await all(USES.slice(0, 2).map((use) => expectRecovery(context, { use, signal: 'SIGKILL' })));
      },
    },
    {
      name: 'a process that answers for waiting processes of sandpod forges no result',
      needs: ['python', 'background', 'memory-limit', 'exit-code'],
      budgetMs: 60_000,
      body: async (context) => {
        const executor = await context.fresh();
        await leaveForger(context, { executor, afterMs: 350 });
        for (let call = 1; call <= 2; call += 1) {
          await expectOwnResult(executor);
          await pause(HEAD_START_MS);
        }
      },
    },
    {
      name: '`leftovers: end` lets no process of a call read or forge a later call',
      needs: ['python', 'background', 'memory-limit', 'exit-code', 'option-leftovers'],
      budgetMs: 60_000,
      body: async (context) => {
        const executor = await context.fresh({ leftovers: 'end' });
        await leaveForger(context, { executor, afterMs: 0 });
        await expectOwnResult(executor);
        const stolen = (await (await context.files(executor)).readTextFile({ path: LOG })) ?? '';
        assert.ok(!stolen.includes('SECRET'), 'expected the later call to stay secret');
      },
    },
    {
      name: 'a name that changes between a file and a pipe delays no read, no run and no collecting of files',
      needs: ['python', 'background', 'memory-limit', 'files', 'option-timeout'],
      budgetMs: 60_000,
      body: async (context) => {
        const timeoutMs = context.scaled(8_000);
        const executor = await context.fresh({ timeoutMs });
        context.expectOk(await executor.execute([{ language: 'python', code: pythonFlipper('flip') }]));
        await pause(HEAD_START_MS);
        const files = await context.files(executor);
        for (let read = 1; read <= 60; read += 1) {
          const startedMs = performance.now();
          const text = await files.readTextFile({ path: 'flip' }).catch(() => undefined);
          // A pipe without a writer is empty.
          assert.ok(text === undefined || text === 'hello' || text === '', `given ${text}`);
          assert.ok(performance.now() - startedMs < timeoutMs, 'expected the read to end');
        }
        const result = await executor.execute([PRINT], { collectFiles: true });
        assert.deepEqual([context.expectOk(result), result.stateLost], ['own', false]);
      },
    },
    {
      name: 'a forged listing of NUL bytes takes little memory of the host',
      needs: ['python', 'background', 'memory-limit', 'files', 'option-timeout'],
      budgetMs: 90_000,
      body: async (context) => {
        const executor = await context.fresh({ timeoutMs: context.scaled(10_000) });
        await leaveForger(context, { executor, afterMs: 0 });
        const files = await context.files(executor);
        using memory = new MemoryWatch();
        for (let list = 1; list <= 3; list += 1) {
          const entries = await files.listDirectory({ path: '.' }).catch(() => undefined);
          assert.ok((entries?.length ?? 0) < 10, `expected no forged listing, given ${entries?.length} entries`);
        }
        assert.ok(memory.grownBytes() < BOMB_BYTES / 2, `expected little memory, given ${memory.grownBytes()} bytes`);
      },
    },
  ],
};
