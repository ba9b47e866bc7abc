import assert from 'node:assert/strict';
import type { CodeExecutor } from '@sandpod/core';
import type { ExecutorContext } from '../executor-context.ts';
import type { ExecutorTheme } from '../executor-test.ts';

const MiB = 1024 * 1024;

/** Runs code that damages its sandbox. Each later call must return a result, and programs must run again soon. */
async function expectRecovery(
  context: ExecutorContext,
  trouble: { readonly executor: CodeExecutor; readonly code: string; readonly language: string },
): Promise<void> {
  const { executor, code, language } = trouble;
  const first = await executor.runCode(code, { language, timeoutMs: context.scaled(30_000) });
  let isLost = first.stateLost;
  for (let call = 1; call <= 2; call += 1) {
    const next = await context.run(context.guest.print({ stdout: 'next' }), { executor });
    if (next.outcome === 'ok') return assert.equal(next.stdout, 'next');
    assert.ok((next.reason ?? '') !== '', 'expected a reason');
    isLost ||= next.stateLost;
  }
  assert.ok(isLost, 'expected the sandbox to work or to be replaced');
  assert.equal(context.expectOk(await context.run(context.guest.print({ stdout: 'next' }), { executor })), 'next');
}

/** Tests guests that damage their sandbox. The damage must not cause a call to throw, and must not break all later calls. */
export const guestTroubleTheme: ExecutorTheme = {
  name: 'guest trouble',
  tests: [
    {
      name: 'a full workspace does not make later calls fail',
      needs: ['disk-limit', 'option-limits'],
      budgetMs: 90_000,
      body: async (context) => {
        const executor = await context.fresh({ limits: { memoryBytes: 128 * MiB, workspaceBytes: 128 * MiB } });
        const code = context.guest.fillFile({ path: 'filler', bytes: 160 * MiB });
        await expectRecovery(context, { executor, code, language: context.guest.language });
      },
    },
    {
      name: 'a workspace without permissions does not make later calls fail',
      needs: ['sh', 'code-files'],
      budgetMs: 60_000,
      body: async (context) => {
        const executor = await context.fresh();
        for (const mode of ['644', '555', '000']) await expectRecovery(context, { executor, code: `chmod -R ${mode} .`, language: 'sh' });
      },
    },
    {
      name: 'an exhausted process limit does not make later calls fail',
      needs: ['process-limit', 'sh', 'background', 'option-limits'],
      budgetMs: 90_000,
      body: async (context) => {
        const executor = await context.fresh({ limits: { processes: 32 } });
        const code = 'i=0; while [ $i -lt 60 ]; do sleep 300 >/dev/null 2>&1 & i=$((i+1)); done';
        await expectRecovery(context, { executor, code, language: 'sh' });
      },
    },
  ],
};
