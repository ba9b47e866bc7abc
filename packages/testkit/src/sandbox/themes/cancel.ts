import assert from 'node:assert/strict';
import { expectAbort, rejectionOf } from '../../tools/expect-failure.ts';
import { expectSilence } from '../../tools/expect-silence.ts';
import { OutputReader } from '../../tools/output-reader.ts';
import { within } from '../../tools/within.ts';
import type { SandboxTheme } from '../sandbox-test.ts';

/** Milliseconds after which an aborted program must have ended, including the grace time for TERM. */
const ABORT_MS = 5_000;

/** Tests aborts and kills before, during and after a run. */
export const cancelTheme: SandboxTheme = {
  name: 'cancel',
  tests: [
    {
      name: 'an aborted signal starts nothing and rejects with its reason [row 58]',
      body: async (context) => {
        const sandbox = await context.shared();
        const path = context.unique('pre-aborted');
        const reason = new Error('before the start');
        const argv = context.guest.argv(context.guest.saveFile({ path, text: 'x' }));
        const files = [{ path: `${path}-given`, content: 'x' }];
        await expectAbort(sandbox.run({ argv, files, abortSignal: AbortSignal.abort(reason) }), reason);
        await expectAbort(sandbox.spawn({ argv, files, abortSignal: AbortSignal.abort(reason) }), reason);
        assert.deepEqual([await sandbox.stat({ path }), await sandbox.stat({ path: `${path}-given` })], [null, null]);
      },
    },
    {
      name: 'an abort kills a running program and rejects with its reason [row 58]',
      body: async (context) => {
        const path = context.unique('aborted-beat');
        const aborting = new AbortController();
        const reason = { any: 'value' };
        const process = await context.spawn(context.guest.heartbeat({ path }), { abortSignal: aborting.signal });
        const reader = new OutputReader(process);
        await reader.until('started\n');
        aborting.abort(reason);
        await within(expectAbort(process.wait(), reason), { ms: context.scaled(ABORT_MS), what: 'wait() to reject' });
        await within(reader.ended, { ms: context.scaled(ABORT_MS), what: 'the output to end' });
        await expectSilence(await context.shared(), { path, ms: context.scaled(500) });
      },
    },
    {
      name: 'an abort ends a busy loop, and the next run works [row 58]',
      body: async (context) => {
        const reason = new Error('enough');
        const run = context.run(context.guest.spin(), { abortSignal: abortAfter(context.scaled(700), reason) });
        await within(expectAbort(run, reason), { ms: context.scaled(700 + ABORT_MS), what: 'the run to reject' });
        assert.equal((await context.run(context.guest.print({ stdout: 'next' }))).stdout, 'next');
      },
    },
    {
      name: 'an abort ends a command line in a busy loop [row 58]',
      body: async (context) => {
        const sandbox = await context.shared();
        const reason = new Error('enough');
        const run = sandbox.run({ command: 'while :; do :; done', abortSignal: abortAfter(context.scaled(700), reason) });
        await within(expectAbort(run, reason), { ms: context.scaled(700 + ABORT_MS), what: 'the run to reject' });
      },
    },
    {
      name: 'an abort also ends children in separate sessions, or ends the sandbox [row 58]',
      needs: ['background'],
      body: async (context) => {
        const path = context.unique('aborted-child');
        const aborting = new AbortController();
        const process = await context.spawn(context.guest.heartbeatInChild({ path, detached: true }), { abortSignal: aborting.signal });
        const reader = new OutputReader(process);
        await reader.until('started\n');
        aborting.abort(new Error('enough'));
        await rejectionOf(process.wait());
        await expectSilence(await context.shared(), { path, ms: context.scaled(500) });
      },
    },
    {
      name: 'an abort while input is still being sent ends the run',
      needs: ['stdin'],
      body: async (context) => {
        const reason = new Error('enough');
        const stdin = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(Buffer.from('first')) });
        const run = context.run(context.guest.copyInput(), { stdin, abortSignal: abortAfter(context.scaled(700), reason) });
        await within(expectAbort(run, reason), { ms: context.scaled(700 + ABORT_MS), what: 'the run to reject' });
      },
    },
    {
      name: 'an abort after the end has no effect [row 58]',
      body: async (context) => {
        const aborting = new AbortController();
        const process = await context.spawn(context.guest.print({ exitCode: 7 }), { abortSignal: aborting.signal });
        await new OutputReader(process).ended;
        assert.equal((await process.wait()).exitCode, 7);
        aborting.abort(new Error('too late'));
        assert.equal((await process.wait()).exitCode, 7);
        assert.equal((await context.run(context.guest.print({ stdout: 'next' }))).stdout, 'next');
      },
    },
    {
      name: 'aborting a program does not affect other programs',
      body: async (context) => {
        const sandbox = await context.shared();
        const neighbour = context.run(context.guest.sleep({ ms: context.scaled(2_500) }), { sandbox });
        const reason = new Error('enough');
        await expectAbort(context.run(context.guest.spin(), { sandbox, abortSignal: abortAfter(context.scaled(700), reason) }), reason);
        assert.equal((await neighbour).stdout, 'started\ndone\n');
      },
    },
    {
      name: 'kill() ends a program and is idempotent, and wait() then returns an exit code other than 0',
      body: async (context) => {
        const path = context.unique('killed-beat');
        const process = await context.spawn(context.guest.heartbeat({ path }));
        const reader = new OutputReader(process);
        await reader.until('started\n');
        await within(Promise.all([process.kill(), process.kill()]), { ms: context.scaled(ABORT_MS), what: 'kill() to resolve' });
        await process.kill();
        const { exitCode } = await within(process.wait(), { ms: context.scaled(ABORT_MS), what: 'wait() to settle' });
        assert.ok(Number.isInteger(exitCode) && exitCode !== 0, `expected an exit code other than 0, given ${exitCode}`);
        await within(reader.ended, { ms: context.scaled(ABORT_MS), what: 'the output to end' });
        await expectSilence(await context.shared(), { path, ms: context.scaled(500) });
      },
    },
    {
      name: 'kill() after the end changes nothing',
      body: async (context) => {
        const process = await context.spawn(context.guest.print({ exitCode: 8 }));
        await new OutputReader(process).ended;
        assert.equal((await process.wait()).exitCode, 8);
        await process.kill();
        assert.equal((await process.wait()).exitCode, 8);
      },
    },
  ],
};

function abortAfter(ms: number, reason: Error): AbortSignal {
  const aborting = new AbortController();
  setTimeout(() => aborting.abort(reason), ms);
  return aborting.signal;
}
