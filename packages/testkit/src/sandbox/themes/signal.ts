import assert from 'node:assert/strict';
import type { SignalName } from '@sandpod/core';
import { expectInvalid, expectSandpodError } from '../../tools/expect-failure.ts';
import { expectGrowth, expectSilence } from '../../tools/expect-silence.ts';
import { OutputReader } from '../../tools/output-reader.ts';
import { within } from '../../tools/within.ts';
import type { SandboxTheme } from '../sandbox-test.ts';

/** Milliseconds after which the effect of a signal must be visible. */
const SIGNAL_MS = 5_000;

/** Tests signals to running programs. */
export const signalTheme: SandboxTheme = {
  name: 'signal',
  tests: [
    {
      name: 'INT, TERM and USR1 reach the handlers of a program, which continues',
      needs: ['signals'],
      body: async (context) => {
        const names = ['INT', 'TERM', 'USR1'] as const;
        const process = await context.spawn(context.guest.handleSignals({ names }));
        const reader = new OutputReader(process);
        await reader.until('started\n');
        for (const name of names) {
          await process.signal(name);
          await within(reader.until(`got ${name}\n`), { ms: context.scaled(SIGNAL_MS), what: `${name} to arrive` });
        }
        assert.equal(reader.text(), 'started\ngot INT\ngot TERM\ngot USR1\n');
      },
    },
    {
      name: 'a signal also reaches the children in the process group',
      needs: ['signals', 'background'],
      body: async (context) => {
        const process = await context.spawn(context.guest.handleSignalInChild({ name: 'USR1' }));
        const reader = new OutputReader(process);
        await reader.until('started\n');
        await process.signal('USR1');
        for (const text of ['parent got USR1\n', 'child got USR1\n'])
          await within(reader.until(text), { ms: context.scaled(SIGNAL_MS), what: JSON.stringify(text) });
      },
    },
    {
      name: 'INT, TERM and KILL end a program without a handler, and never with ok',
      needs: ['signals'],
      body: async (context) => {
        for (const name of ['INT', 'TERM', 'KILL'] as const) {
          const process = await context.spawn(context.guest.spin());
          await new OutputReader(process).until('started\n');
          await process.signal(name);
          const ending = process.wait().catch(() => undefined);
          const status = await within(ending, { ms: context.scaled(SIGNAL_MS), what: `${name} to end the program` });
          assert.notEqual(status?.exitCode, 0, name);
        }
      },
    },
    {
      name: 'a signal does not reach other programs in the sandbox',
      needs: ['signals'],
      body: async (context) => {
        const sandbox = await context.shared();
        const neighbour = context.run(context.guest.sleep({ ms: context.scaled(1_500) }), { sandbox });
        const process = await context.spawn(context.guest.spin(), { sandbox });
        await new OutputReader(process).until('started\n');
        await process.signal('TERM');
        await process.wait().catch(() => undefined);
        assert.equal((await neighbour).stdout, 'started\ndone\n');
      },
    },
    {
      name: 'STOP pauses a program, and CONT continues it',
      needs: ['signals'],
      body: async (context) => {
        const sandbox = await context.shared();
        const path = context.unique('paused');
        const process = await context.spawn(context.guest.heartbeat({ path }));
        await new OutputReader(process).until('started\n');
        await process.signal('STOP');
        await expectSilence(sandbox, { path, ms: context.scaled(500) });
        await process.signal('CONT');
        await expectGrowth(sandbox, { path, ms: context.scaled(800) });
      },
    },
    {
      name: 'a signal to a program that has ended has no effect',
      needs: ['signals'],
      body: async (context) => {
        const process = await context.spawn(context.guest.print({ exitCode: 7 }));
        await new OutputReader(process).ended;
        assert.equal((await process.wait()).exitCode, 7);
        await process.signal('TERM');
        await process.signal('KILL');
        assert.equal((await process.wait()).exitCode, 7);
      },
    },
    {
      name: 'an unknown name is refused, and the program continues',
      body: async (context) => {
        const process = await context.spawn(context.guest.sleep({ ms: 500 }));
        const reader = new OutputReader(process);
        for (const name of ['SIGTERM', 'term', '9', '', 'TERM; id', 9, undefined])
          await expectInvalid(process.signal(name as SignalName), 'signal');
        await reader.ended;
        assert.deepEqual([reader.text(), (await process.wait()).exitCode], ['started\ndone\n', 0]);
      },
    },
    {
      name: 'signal() is refused if the back end has no signals, and the program continues',
      needs: ['no-signals'],
      body: async (context) => {
        const process = await context.spawn(context.guest.sleep({ ms: 500 }));
        const reader = new OutputReader(process);
        await expectSandpodError(process.signal('TERM'), 'unsupported');
        await reader.ended;
        assert.deepEqual([reader.text(), (await process.wait()).exitCode], ['started\ndone\n', 0]);
      },
    },
  ],
};
