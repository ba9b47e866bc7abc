import assert from 'node:assert/strict';
import { expectSilence } from '../../tools/expect-silence.ts';
import { within } from '../../tools/within.ts';
import type { ExecutorTheme } from '../executor-test.ts';

/** Milliseconds after which a cancelled call must have ended, including the grace time for TERM. */
const CANCEL_MS = 6_000;

/**
 * Tests the cancellation of calls before they start, in the queue, and while they run. Also tests calls whose events are no longer read.
 */
export const cancelTheme: ExecutorTheme = {
  name: 'cancel',
  tests: [
    {
      name: 'with an aborted signal, the outcome is cancelled and nothing runs [row 58]',
      needs: ['files'],
      body: async (context) => {
        const path = context.unique('pre-aborted');
        const files = [{ path: `${path}-given`, content: 'x' }];
        const { events, result } = await context.record([context.block(context.guest.saveFile({ path, text: 'x' }))], {
          files,
          abortSignal: AbortSignal.abort(),
        });
        context.expectOutcome(result, 'cancelled');
        assert.deepEqual([result.output, result.blocks, events.map(({ type }) => type)], ['', [], ['end']]);
        const seen = await context.files();
        assert.deepEqual([await seen.stat({ path }), await seen.stat({ path: `${path}-given` })], [null, null]);
      },
    },
    {
      name: 'with an aborted signal, the executor does not even start [row 58]',
      body: async (context) => {
        const executor = await context.fresh();
        const phases: string[] = [];
        const options = { abortSignal: AbortSignal.abort(), onProgress: ({ phase }: { phase: string }) => phases.push(phase) };
        context.expectOutcome(await context.run(context.guest.print({ stdout: 'x' }), { ...options, executor }), 'cancelled');
        assert.deepEqual(phases, []);
      },
    },
    {
      name: 'an abort ends a running call and its program, and the output so far is kept [row 58]',
      needs: ['files', 'state', 'streaming'],
      body: async (context) => {
        const path = context.unique('beat');
        const aborting = new AbortController();
        let abortedMs = Number.NaN;
        const whenStarted = (): void => {
          abortedMs = performance.now();
          aborting.abort();
        };
        const result = await context.runAndWhenStarted(context.guest.heartbeat({ path }), { abortSignal: aborting.signal, whenStarted });
        assert.ok(performance.now() - abortedMs < context.scaled(CANCEL_MS), 'expected the result soon after the abort');
        context.expectOutcome(result, 'cancelled');
        assert.equal(result.stdout, 'started\n');
        assert.deepEqual(
          result.blocks.map(({ outcome }) => outcome),
          ['cancelled'],
        );
        await expectSilence(await context.files(), { path, ms: context.scaled(500) });
      },
    },
    {
      name: 'an abort ends a busy loop, and the next call works',
      body: async (context) => {
        const aborting = new AbortController();
        setTimeout(() => aborting.abort(), context.scaled(1_000));
        const run = context.run(context.guest.spin(), { abortSignal: aborting.signal });
        context.expectOutcome(await within(run, { ms: context.scaled(1_000 + CANCEL_MS), what: 'the result' }), 'cancelled');
        assert.equal(context.expectOk(await context.run(context.guest.print({ stdout: 'next' }))), 'next');
      },
    },
    {
      name: 'a queued call that is aborted ends immediately and runs nothing [row 58]',
      needs: ['files'],
      body: async (context) => {
        const path = context.unique('queued');
        const aborting = new AbortController();
        const first = context.run(context.guest.sleep({ ms: context.scaled(2_500) }));
        const startedMs = performance.now();
        const queued = context.run(context.guest.saveFile({ path, text: 'x' }), { abortSignal: aborting.signal });
        setTimeout(() => aborting.abort(), context.scaled(300));
        context.expectOutcome(await queued, 'cancelled');
        assert.ok(performance.now() - startedMs < context.scaled(2_000), 'expected the call not to wait for its turn');
        context.expectOk(await first);
        assert.equal(await (await context.files()).stat({ path }), null);
      },
    },
    {
      name: 'an abort after the end changes nothing',
      body: async (context) => {
        const aborting = new AbortController();
        const result = await context.run(context.guest.print({ stdout: 'done' }), { abortSignal: aborting.signal });
        aborting.abort();
        assert.equal(context.expectOk(result), 'done');
        assert.equal(context.expectOk(await context.run(context.guest.print({ stdout: 'next' }))), 'next');
      },
    },
    {
      name: 'leaving the loop over the events cancels the run',
      needs: ['files', 'state', 'streaming'],
      body: async (context) => {
        const executor = await context.shared();
        const path = context.unique('left-beat');
        for await (const event of executor.stream([context.block(context.guest.heartbeat({ path }))])) if (event.type === 'stdout') break;
        assert.equal(context.expectOk(await context.run(context.guest.print({ stdout: 'next' }))), 'next');
        await expectSilence(await context.files(), { path, ms: context.scaled(500) });
      },
    },
    {
      name: 'an exception in the loop over the events cancels the run and reaches the caller',
      needs: ['streaming'],
      body: async (context) => {
        const executor = await context.shared();
        const failure = new Error('of the caller');
        const looping = (async () => {
          for await (const event of executor.stream([context.block(context.guest.spin())])) if (event.type === 'stdout') throw failure;
        })();
        await within(assert.rejects(looping, failure), { ms: context.scaled(CANCEL_MS), what: 'the exception' });
        assert.equal(context.expectOk(await context.run(context.guest.print({ stdout: 'next' }))), 'next');
      },
    },
  ],
};
