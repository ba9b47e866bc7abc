import assert from 'node:assert/strict';
import type { ExecutorTheme } from '../executor-test.ts';

/** Tests concurrent calls. */
export const concurrencyTheme: ExecutorTheme = {
  name: 'concurrency',
  tests: [
    {
      name: 'calls run in the order in which they arrive, and their output is not mixed [row 59]',
      budgetMs: 60_000,
      body: async (context) => {
        const ended: number[] = [];
        const runs = Array.from({ length: 12 }, async (_, number) => {
          const stdout = context.expectOk(await context.run(context.guest.print({ stdout: `call ${number}\n` })));
          ended.push(number);
          return stdout;
        });
        assert.deepEqual(
          await Promise.all(runs),
          runs.map((_, number) => `call ${number}\n`),
        );
        assert.deepEqual(
          ended,
          runs.map((_, number) => number),
        );
      },
    },
    {
      name: 'a call starts when the previous call has ended, even if that call failed',
      needs: ['files', 'state', 'exit-code'],
      body: async (context) => {
        const path = context.unique('order');
        const first = context.run(context.guest.sleep({ ms: context.scaled(1_000), path }));
        const failing = context.run(context.guest.print({ exitCode: 1 }));
        const last = context.run(context.guest.showFile({ path }));
        assert.equal(context.expectOk(await last), 'present\ndone');
        context.expectOk(await first);
        context.expectOutcome(await failing, 'failed');
      },
    },
    {
      name: 'parallel executors share nothing [row 59]',
      budgetMs: 90_000,
      body: async (context) => {
        const executors = await Promise.all(Array.from({ length: 3 }, () => context.fresh()));
        const texts = await Promise.all(
          executors.map(async (executor, number) =>
            context.expectOk(await context.run(context.guest.print({ stdout: `executor ${number}` }), { executor })),
          ),
        );
        assert.deepEqual(texts, ['executor 0', 'executor 1', 'executor 2']);
      },
    },
  ],
};
