import assert from 'node:assert/strict';
import type { CodeExecutor, CodeResult } from '@sandpod/core';
import { type AttackSignal, pythonAttacker } from '../../guest/python-attacker.ts';
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
  for (let call = 1; call <= 3; call += 1) {
    const startedMs = performance.now();
    const result = await use.call(executor);
    const ms = Math.round(performance.now() - startedMs - (result?.startMs ?? 0));
    assert.ok(ms < context.scaled(TIMEOUT_MS + LATE_MS), `${use.name} took ${ms} ms`);
    if (result === undefined) continue;
    isLost ||= result.stateLost;
    if (result.outcome === 'ok') break;
    assert.ok((result.reason ?? '') !== '', 'expected a reason');
  }
  const last = await executor.execute([PRINT], { timeoutMs: context.scaled(30_000) });
  assert.equal(context.expectOk(last), 'own');
  assert.ok(isLost || last.stateLost, `${use.name}: expected the sandbox to be replaced`);
}

/** Tests guests that attack the processes with which sandpod serves a sandbox. */
export const hostileGuestsTheme: ExecutorTheme = {
  name: 'hostile guests',
  tests: [
    {
      name: "a process that stops sandpod's processes delays no call beyond its time limit, and costs the sandbox",
      needs: ['python', 'background', 'memory-limit', 'option-timeout', 'option-functions', 'option-delete-tmp-files'],
      budgetMs: 120_000,
      body: async (context) => {
        await Promise.all(USES.map((use) => expectRecovery(context, { use, signal: 'SIGSTOP' })));
      },
    },
    {
      name: "a process that kills sandpod's processes costs the sandbox",
      needs: ['python', 'background', 'memory-limit', 'option-timeout', 'option-functions', 'option-delete-tmp-files'],
      budgetMs: 120_000,
      body: async (context) => {
        await Promise.all(USES.slice(0, 2).map((use) => expectRecovery(context, { use, signal: 'SIGKILL' })));
      },
    },
  ],
};
