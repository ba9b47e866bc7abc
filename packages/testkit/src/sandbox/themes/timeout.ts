import assert from 'node:assert/strict';
import { DEFAULT_GRACE_MS, type ProcessLost, type RunOptions, type Sandbox } from '@sandpod/core';
import { expectInvalid, expectLost } from '../../tools/expect-failure.ts';
import { expectSilence } from '../../tools/expect-silence.ts';
import { OutputReader } from '../../tools/output-reader.ts';
import type { SandboxContext } from '../sandbox-context.ts';
import type { SandboxTheme } from '../sandbox-test.ts';

const LIMIT_MS = 2_000;
/** Number of milliseconds that a back end may take to end the program, in addition to the time limit and the grace time. */
const SLACK_MS = 3_000;

/** Expects that a run ends at the time limit, and that the next run works. */
async function expectTimeout(context: SandboxContext, sandbox: Sandbox, options: RunOptions): Promise<ProcessLost> {
  const timeoutMs = context.scaled(LIMIT_MS);
  const startedMs = performance.now();
  const lost = await expectLost(sandbox.run({ ...options, timeoutMs }), 'timeout');
  const tookMs = performance.now() - startedMs;
  assert.ok(tookMs >= timeoutMs - 50, `expected at least ${timeoutMs} ms, given ${tookMs}`);
  assert.ok(
    tookMs <= timeoutMs + DEFAULT_GRACE_MS + context.scaled(SLACK_MS),
    `expected the end soon after ${timeoutMs} ms, given ${tookMs}`,
  );
  assert.equal((await context.run(context.guest.print({ stdout: 'next' }))).stdout, 'next');
  return lost;
}

/** Tests time limits: which programs end, when they end, and which processes and output remain. */
export const timeoutTheme: SandboxTheme = {
  name: 'timeout',
  tests: [
    {
      name: 'an endless loop ends at its limit, its output so far is kept, and the next run works [row 23]',
      needs: ['time-limit'],
      body: async (context) => {
        const sandbox = await context.shared();
        const lost = await expectTimeout(context, sandbox, { argv: context.guest.argv(context.guest.spin()) });
        assert.equal(lost.stdout, 'started\n');
      },
    },
    {
      name: 'a program that sleeps ends at its limit',
      needs: ['time-limit'],
      body: async (context) => {
        const sandbox = await context.shared();
        const lost = await expectTimeout(context, sandbox, { argv: context.guest.argv(context.guest.sleep({ ms: 600_000 })) });
        assert.equal(lost.stdout, 'started\n');
      },
    },
    {
      name: 'an endless loop in a command line ends at its limit [row 23]',
      needs: ['time-limit'],
      body: async (context) => {
        await expectTimeout(context, await context.shared(), { command: 'while :; do :; done' });
      },
    },
    {
      name: 'a command line that sleeps ends at its limit',
      needs: ['time-limit'],
      body: async (context) => {
        await expectTimeout(context, await context.shared(), { command: 'sleep 600' });
      },
    },
    {
      name: 'a program that waits for input ends at its limit',
      needs: ['time-limit', 'stdin'],
      body: async (context) => {
        const process = await context.spawn(context.guest.copyInput(), { stdin: true, timeoutMs: context.scaled(LIMIT_MS) });
        const reader = new OutputReader(process);
        await expectLost(process.wait(), 'timeout');
        await reader.ended;
      },
    },
    {
      name: 'a program with endless output also ends at its limit',
      needs: ['time-limit'],
      body: async (context) => {
        const sandbox = await context.shared();
        const run = sandbox.run({ argv: context.guest.argv(context.guest.flood()), timeoutMs: context.scaled(LIMIT_MS) });
        await expectLost(run, 'timeout', 'output-limit');
      },
    },
    {
      name: 'children end with their program [row 24]',
      needs: ['time-limit', 'background'],
      body: async (context) => {
        const path = context.unique('child-beat');
        await expectTimeout(context, await context.shared(), {
          argv: context.guest.argv(context.guest.heartbeatInChild({ path, detached: false })),
        });
        await expectSilence(await context.shared(), { path, ms: context.scaled(500) });
      },
    },
    {
      name: 'children in a separate session also end, or the sandbox ends instead [row 24]',
      needs: ['time-limit', 'background'],
      body: async (context) => {
        const path = context.unique('detached-beat');
        await expectTimeout(context, await context.shared(), {
          argv: context.guest.argv(context.guest.heartbeatInChild({ path, detached: true })),
        });
        await expectSilence(await context.shared(), { path, ms: context.scaled(500) });
      },
    },
    {
      name: 'TERM comes first, so that a program can clean up, and the outcome is still timeout',
      needs: ['time-limit', 'signals'],
      body: async (context) => {
        const sandbox = await context.shared();
        const lost = await expectTimeout(context, sandbox, { argv: context.guest.argv(context.guest.handleTerm()) });
        assert.equal(lost.stdout, 'started\nbye\n');
      },
    },
    {
      name: 'a program that ignores TERM is killed after the grace period [row 25]',
      needs: ['time-limit', 'signals'],
      body: async (context) => {
        const sandbox = await context.shared();
        const lost = await expectTimeout(context, sandbox, { argv: context.guest.argv(context.guest.ignoreTerm()) });
        assert.equal(lost.stdout, 'started\n');
      },
    },
    {
      name: 'a program that ends before its limit is not affected',
      body: async (context) => {
        const result = await context.run(context.guest.print({ stdout: 'quick', exitCode: 6 }), { timeoutMs: context.scaled(20_000) });
        assert.deepEqual([result.outcome, result.exitCode, result.stdout], ['failed', 6, 'quick']);
      },
    },
    {
      name: 'invalid limits are refused',
      body: async (context) => {
        const sandbox = await context.shared();
        for (const timeoutMs of [0, -1, Number.NaN]) await expectInvalid(sandbox.run({ command: 'true', timeoutMs }), 'timeoutMs');
      },
    },
  ],
};
