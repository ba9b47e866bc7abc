import assert from 'node:assert/strict';
import { pause } from '../../tools/within.ts';
import type { ExecutorTheme } from '../executor-test.ts';

/** Tests executors whose sandbox ends unexpectedly. */
export const faultsTheme: ExecutorTheme = {
  name: 'faults',
  tests: [
    {
      name: 'if a sandbox ends during a run, the outcome is session-lost, the next call gets a new sandbox, and the loss is reported once',
      needs: ['destroy', 'streaming'],
      budgetMs: 60_000,
      body: async (context) => {
        const executor = await context.fresh();
        context.expectOk(await context.run(context.guest.print({ stdout: 'warm' }), { executor }));
        let destroyedMs = Number.NaN;
        const whenStarted = async (): Promise<void> => {
          destroyedMs = performance.now();
          await context.destroy?.(executor);
        };
        const lost = await context.runAndWhenStarted(context.guest.spin(), { executor, whenStarted });
        assert.ok(performance.now() - destroyedMs < context.scaled(8_000), 'expected the result soon after the end of the sandbox');
        context.expectOutcome(lost, 'session-lost');
        assert.equal(lost.stdout, 'started\n');
        const next = await context.run(context.guest.print({ stdout: 'next' }), { executor });
        assert.equal(context.expectOk(next), 'next');
        assert.ok(lost.stateLost || next.stateLost, 'expected a result to report the loss of state');
        const later = await context.run(context.guest.print({ stdout: 'later' }), { executor });
        assert.deepEqual([context.expectOk(later), later.stateLost], ['later', false]);
      },
    },
    {
      name: 'if a sandbox ends between two calls, it is replaced, and the loss is reported',
      needs: ['destroy'],
      budgetMs: 60_000,
      body: async (context) => {
        const executor = await context.fresh();
        const first = await context.run(context.guest.print({ stdout: 'first' }), { executor });
        assert.deepEqual([context.expectOk(first), first.stateLost], ['first', false]);
        await context.destroy?.(executor);
        // The client may notice the end only after the next call has begun, but no call may throw because of it.
        let isTold = false;
        for (let call = 1; ; call += 1) {
          const next = await context.run(context.guest.print({ stdout: 'next' }), { executor });
          isTold ||= next.stateLost;
          if (next.outcome === 'ok' && isTold) break;
          assert.ok(call < 5, 'expected a new sandbox soon');
          if (next.outcome !== 'ok') context.expectOutcome(next, 'session-lost', 'transport');
        }
        context.expectOk(await context.run(context.guest.print({ stdout: 'later' }), { executor }));
      },
    },
    {
      name: 'a rejection without a handler does not end the process',
      body: async (context) => {
        const unhandled: unknown[] = [];
        const note = (reason: unknown): unknown => unhandled.push(reason);
        process.on('unhandledRejection', note);
        context.cleanUp.defer(() => process.off('unhandledRejection', note));
        const executor = await context.fresh();
        const running = context.run(context.guest.spin(), { executor, abortSignal: AbortSignal.timeout(context.scaled(800)) });
        const stopping = pause(context.scaled(400)).then(() => executor.stop());
        await Promise.all([running, stopping]);
        await pause(context.scaled(300));
        assert.deepEqual(unhandled, []);
      },
    },
  ],
};
