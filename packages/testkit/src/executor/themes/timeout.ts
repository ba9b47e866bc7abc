import assert from 'node:assert/strict';
import { DEFAULT_GRACE_MS } from '@sandpod/core';
import { pause } from '../../tools/within.ts';
import type { ExecutorTheme } from '../executor-test.ts';

const LIMIT_MS = 2_000;
const SLACK_MS = 4_000;

/** Tests the time limit of a call. */
export const timeoutTheme: ExecutorTheme = {
  name: 'timeout',
  tests: [
    {
      name: 'an endless loop ends at the limit, its output so far and its file are kept, and the next call works [row 23]',
      needs: ['time-limit'],
      body: async (context) => {
        const timeoutMs = context.scaled(LIMIT_MS);
        const startedMs = performance.now();
        const result = await context.run(context.guest.spin(), { timeoutMs });
        const tookMs = performance.now() - startedMs;
        context.expectOutcome(result, 'timeout');
        assert.equal(result.stdout, 'started\n');
        assert.match(result.reason ?? '', /time|\d+ ms/i);
        assert.deepEqual(
          result.blocks.map(({ outcome }) => outcome),
          ['timeout'],
        );
        assert.ok(tookMs >= timeoutMs - 50 && tookMs < timeoutMs + DEFAULT_GRACE_MS + context.scaled(SLACK_MS), `took ${tookMs} ms`);
        assert.equal(context.expectOk(await context.run(context.guest.print({ stdout: 'next' }))), 'next');
      },
    },
    {
      name: 'sleeping also counts',
      needs: ['time-limit', 'files'],
      body: async (context) => {
        const path = context.unique('slept');
        const result = await context.run(context.guest.sleep({ ms: context.scaled(LIMIT_MS * 3), path }), {
          timeoutMs: context.scaled(LIMIT_MS),
        });
        context.expectOutcome(result, 'timeout');
        await pause(context.scaled(LIMIT_MS * 2 + 500));
        assert.equal(await (await context.files()).stat({ path }), null, 'expected the program to have ended');
      },
    },
    {
      name: 'the limit applies to all blocks together',
      needs: ['time-limit'],
      body: async (context) => {
        const executor = await context.shared();
        const block = context.block(context.guest.sleep({ ms: context.scaled(1_200) }));
        const result = await executor.execute([block, block, block], { timeoutMs: context.scaled(LIMIT_MS) });
        context.expectOutcome(result, 'timeout');
        assert.ok(result.stdout.startsWith('started\ndone\n'), result.stdout);
        assert.ok(result.blocks.length < 3, 'expected the last block not to run');
        assert.equal(result.blocks[0]?.outcome, 'ok');
      },
    },
    {
      name: 'starting the executor does not count',
      needs: ['time-limit'],
      budgetMs: 90_000,
      body: async (context) => {
        const executor = await context.fresh();
        const result = await context.run(context.guest.print({ stdout: 'in time' }), { executor, timeoutMs: context.scaled(1_500) });
        assert.equal(context.expectOk(result), 'in time');
      },
    },
    {
      name: 'waiting in the queue does not count',
      needs: ['time-limit'],
      body: async (context) => {
        const timeoutMs = context.scaled(3_500);
        const first = context.run(context.guest.sleep({ ms: context.scaled(2_000) }), { timeoutMs });
        const second = context.run(context.guest.sleep({ ms: context.scaled(2_000) }), { timeoutMs });
        context.expectOk(await first);
        context.expectOk(await second);
      },
    },
    {
      name: "the executor's limit applies if the call sets none",
      needs: ['time-limit', 'option-timeout'],
      budgetMs: 60_000,
      body: async (context) => {
        const executor = await context.fresh({ timeoutMs: context.scaled(LIMIT_MS) });
        context.expectOutcome(await context.run(context.guest.spin(), { executor }), 'timeout');
        const longer = await context.run(context.guest.sleep({ ms: context.scaled(LIMIT_MS + 500) }), {
          executor,
          timeoutMs: context.scaled(LIMIT_MS * 5),
        });
        context.expectOk(longer);
      },
    },
  ],
};
