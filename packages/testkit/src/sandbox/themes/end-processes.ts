import assert from 'node:assert/strict';
import { expectAbort, expectLost, rejectionOf } from '../../tools/expect-failure.ts';
import { expectGrowth, expectSilence } from '../../tools/expect-silence.ts';
import { expectNoLeftovers, startLeftovers } from '../../tools/leftovers.ts';
import { OutputReader } from '../../tools/output-reader.ts';
import { awaitedLater, pause, within } from '../../tools/within.ts';
import type { SandboxTheme } from '../sandbox-test.ts';

/** Milliseconds after which the programs must have ended. */
const END_MS = 5_000;

/** Tests `endProcesses()`, which ends all processes in a sandbox while the sandbox itself continues. */
export const endProcessesTheme: SandboxTheme = {
  name: 'end processes',
  tests: [
    {
      name: 'a running program ends with session-lost, and the sandbox keeps its files and keeps working',
      body: async (context) => {
        const sandbox = await context.fresh();
        const process = await context.spawn(context.guest.heartbeat({ path: 'beat' }), { sandbox });
        const reader = new OutputReader(process);
        await reader.until('started\n');
        while ((await sandbox.stat({ path: 'beat' })) === null) await pause(50);
        const lost = awaitedLater(expectLost(process.wait(), 'session-lost'));
        await sandbox.endProcesses();
        await within(lost, { ms: context.scaled(END_MS), what: 'wait() to reject' });
        await within(reader.ended, { ms: context.scaled(END_MS), what: 'the output to end' });
        await expectSilence(sandbox, { path: 'beat', ms: context.scaled(500) });
        assert.ok((await sandbox.stat({ path: 'beat' })) !== null, 'expected the files to stay');
        assert.equal((await context.run(context.guest.print({ stdout: 'works' }), { sandbox })).stdout, 'works');
      },
    },
    {
      name: 'several runs end with session-lost and their output so far',
      body: async (context) => {
        const sandbox = await context.fresh();
        const paths = ['first', 'second', 'third'];
        const runs = paths.map((path) =>
          awaitedLater(expectLost(context.run(context.guest.heartbeat({ path }), { sandbox }), 'session-lost')),
        );
        for (const path of paths) while ((await sandbox.stat({ path })) === null) await pause(50);
        await sandbox.endProcesses();
        const losses = await within(Promise.all(runs), { ms: context.scaled(END_MS), what: 'the runs to reject' });
        assert.deepEqual(
          losses.map(({ stdout }) => stdout),
          paths.map(() => 'started\n'),
        );
      },
    },
    {
      name: 'without running programs, it changes nothing, even if it is called twice or in parallel',
      body: async (context) => {
        const sandbox = await context.fresh();
        await sandbox.writeTextFile({ path: 'file', content: 'kept' });
        await sandbox.endProcesses();
        await Promise.all([sandbox.endProcesses(), sandbox.endProcesses()]);
        assert.equal(await sandbox.readTextFile({ path: 'file' }), 'kept');
        assert.equal((await context.run(context.guest.print({ stdout: 'works' }), { sandbox })).stdout, 'works');
      },
    },
    {
      name: 'no background process survives, however it was started',
      needs: ['background'],
      budgetMs: 60_000,
      body: async (context) => {
        const sandbox = await context.fresh();
        await startLeftovers(context, sandbox);
        await sandbox.endProcesses();
        await expectNoLeftovers(context, sandbox);
        assert.equal((await context.run(context.guest.print({ stdout: 'works' }), { sandbox })).stdout, 'works');
      },
    },
    {
      name: 'programs of other clients also end, and never with ok',
      needs: ['attach'],
      body: async (context) => {
        const sandbox = await context.fresh();
        const other = await (await context.otherProvider()).attach({ id: sandbox.id });
        const process = await context.spawn(context.guest.heartbeat({ path: 'beat' }), { sandbox: other });
        await new OutputReader(process).until('started\n');
        const ending = awaitedLater(
          process.wait().then(
            ({ exitCode }) => assert.notEqual(exitCode, 0),
            () => {},
          ),
        );
        await sandbox.endProcesses();
        await within(ending, { ms: context.scaled(15_000), what: 'wait() of the other client to settle' });
        await expectSilence(sandbox, { path: 'beat', ms: context.scaled(500) });
      },
    },
    {
      name: 'an aborted signal ends nothing and rejects with its reason',
      body: async (context) => {
        const sandbox = await context.fresh();
        const process = await context.spawn(context.guest.heartbeat({ path: 'beat' }), { sandbox });
        await new OutputReader(process).until('started\n');
        const reason = new Error('before the end');
        await expectAbort(sandbox.endProcesses({ abortSignal: AbortSignal.abort(reason) }), reason);
        await expectGrowth(sandbox, { path: 'beat', ms: context.scaled(800) });
        await process.kill();
        await rejectionOf(process.wait().then(({ exitCode }) => (exitCode === 0 ? exitCode : Promise.reject(exitCode))));
      },
    },
  ],
};
