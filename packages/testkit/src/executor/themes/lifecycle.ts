import assert from 'node:assert/strict';
import { expectAbort, rejectionOf } from '../../tools/expect-failure.ts';
import { pause, within } from '../../tools/within.ts';
import type { ExecutorTheme } from '../executor-test.ts';

const STOP_MS = 10_000;

/** Tests `start()`, `restart()` and `stop()` at different moments. */
export const lifecycleTheme: ExecutorTheme = {
  name: 'lifecycle',
  tests: [
    {
      name: 'start() is idempotent, even in parallel, and the first call starts the executor',
      budgetMs: 60_000,
      body: async (context) => {
        const executor = await context.fresh();
        await Promise.all([executor.start(), executor.start()]);
        await executor.start();
        assert.equal(context.expectOk(await context.run(context.guest.print({ stdout: 'started' }), { executor })), 'started');
        const unstarted = await context.fresh();
        assert.equal(
          context.expectOk(await context.run(context.guest.print({ stdout: 'by itself' }), { executor: unstarted })),
          'by itself',
        );
      },
    },
    {
      name: 'start() keeps the state',
      needs: ['files', 'state'],
      body: async (context) => {
        const executor = await context.shared();
        const path = context.unique('kept');
        context.expectOk(await context.run(context.guest.saveFile({ path, text: 'kept' }), { executor }));
        await executor.start();
        assert.equal(await (await context.files(executor)).readTextFile({ path }), 'kept');
      },
    },
    {
      name: 'the progress of a start is reported to the waiting call and in its events',
      body: async (context) => {
        const executor = await context.fresh();
        const phases: string[] = [];
        const told: string[] = [];
        const block = context.block(context.guest.print({ stdout: 'x' }));
        for await (const event of executor.stream([block], { onProgress: ({ phase }) => phases.push(phase) })) {
          if (event.type === 'status') told.push(event.progress.phase);
        }
        assert.ok(phases.length > 0, 'expected at least one step');
        assert.deepEqual(told, phases);
      },
    },
    {
      name: 'restart() clears everything',
      needs: ['files'],
      budgetMs: 60_000,
      body: async (context) => {
        const executor = await context.fresh();
        context.expectOk(await context.run(context.guest.saveFile({ path: 'file', text: 'old' }), { executor }));
        await executor.restart();
        const result = await context.run(context.guest.showFile({ path: 'file' }), { executor });
        assert.equal(context.expectOk(result), 'missing\n');
        assert.equal(result.stateLost, false, 'expected no loss of state after a requested restart');
      },
    },
    {
      name: 'stop() is idempotent, even in parallel and before a start, and start() works again',
      budgetMs: 60_000,
      body: async (context) => {
        const executor = await context.fresh();
        await executor.stop();
        await executor.start();
        await Promise.all([executor.stop(), executor.stop()]);
        await executor.stop();
        await executor.start();
        assert.equal(context.expectOk(await context.run(context.guest.print({ stdout: 'again' }), { executor })), 'again');
        await executor[Symbol.asyncDispose]();
      },
    },
    {
      name: 'stop() during a call ends it with outcome cancelled and the output so far [row 57]',
      needs: ['streaming'],
      budgetMs: 60_000,
      body: async (context) => {
        const executor = await context.fresh();
        let stopping: Promise<void> | undefined;
        const whenStarted = (): void => {
          stopping = within(executor.stop(), { ms: context.scaled(STOP_MS), what: 'stop() to resolve' });
        };
        const result = await context.runAndWhenStarted(context.guest.spin(), { executor, whenStarted });
        await stopping;
        context.expectOutcome(result, 'cancelled');
        // The call may be stopped before the line break arrives.
        assert.match(result.stdout, /^started\n?$/);
        assert.equal(context.expectOk(await context.run(context.guest.print({ stdout: 'again' }), { executor })), 'again');
      },
    },
    {
      name: 'restart() during a call ends that call and queued calls with outcome cancelled',
      budgetMs: 60_000,
      body: async (context) => {
        const executor = await context.fresh();
        await executor.start();
        const runs = [1, 2].map(() => context.run(context.guest.spin(), { executor }));
        await pause(context.scaled(1_500));
        await within(executor.restart(), { ms: context.scaled(2 * STOP_MS), what: 'restart() to resolve' });
        for (const run of runs) context.expectOutcome(await within(run, { ms: context.scaled(STOP_MS), what: 'the result' }), 'cancelled');
        assert.equal(context.expectOk(await context.run(context.guest.print({ stdout: 'again' }), { executor })), 'again');
      },
    },
    {
      name: 'stop() during a start ends the start, and start() works again',
      budgetMs: 60_000,
      body: async (context) => {
        const executor = await context.fresh();
        const starting = executor.start().then(
          () => 'started',
          () => 'ended',
        );
        await within(executor.stop(), { ms: context.scaled(STOP_MS), what: 'stop() to resolve' });
        await within(starting, { ms: context.scaled(STOP_MS), what: 'start() to settle' });
        assert.equal(context.expectOk(await context.run(context.guest.print({ stdout: 'again' }), { executor })), 'again');
      },
    },
    {
      name: 'an aborted start rejects with the reason, and a later start works',
      budgetMs: 60_000,
      body: async (context) => {
        const executor = await context.fresh();
        const reason = new Error('before the start');
        await expectAbort(executor.start({ abortSignal: AbortSignal.abort(reason) }), reason);
        assert.equal(context.expectOk(await context.run(context.guest.print({ stdout: 'later' }), { executor })), 'later');
      },
    },
    {
      name: 'an executor starts when its files are used',
      needs: ['files', 'state'],
      budgetMs: 60_000,
      body: async (context) => {
        const executor = await context.fresh();
        const files = await context.files(executor);
        await files.writeTextFile({ path: 'early', content: 'before any code' });
        assert.equal(
          context.expectOk(await context.run(context.guest.showFile({ path: 'early' }), { executor })),
          'present\nbefore any code',
        );
        await rejectionOf(files.writeTextFile({ path: '../outside', content: 'x' }));
      },
    },
    {
      name: 'an executor describes itself',
      body: async (context) => {
        const { backend, weaknesses } = (await context.shared()).describe();
        assert.notEqual(backend, '');
        for (const sentence of weaknesses) assert.match(sentence, /\w/);
      },
    },
  ],
};
