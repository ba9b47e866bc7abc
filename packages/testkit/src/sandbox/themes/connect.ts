import assert from 'node:assert/strict';
import type { ConnectOptions, Sandbox } from '@sandpod/core';
import { CanaryListener } from '../../tools/canary-listener.ts';
import { expectAbort, expectInvalid, expectSandpodError } from '../../tools/expect-failure.ts';
import { forEachCase } from '../../tools/for-each-case.ts';
import { ask, startServer } from '../../tools/guest-server.ts';
import { pause, within } from '../../tools/within.ts';
import type { SandboxTheme } from '../sandbox-test.ts';

/** Number of idle processes that a back end may keep for later work. */
const SPARE_PROCESSES = 4;
/** Milliseconds after which a connection must have ended. */
const END_MS = 5_000;

/** Tests the start and the end of connections to servers inside the sandbox. */
export const connectTheme: SandboxTheme = {
  name: 'connect',
  tests: [
    {
      name: 'bytes reach a server in the sandbox and come back',
      needs: ['ports', 'python'],
      body: async (context) => {
        const { sandbox, port } = await startServer(context);
        await using connection = await sandbox.connect({ port });
        assert.equal(String(await ask(connection, { command: 'echo', bytes: Buffer.from('hello'), answerBytes: 5 })), 'hello');
      },
    },
    {
      name: 'a port on which nothing listens causes connection-refused',
      needs: ['ports'],
      body: async (context) => {
        const sandbox = await context.shared();
        await expectSandpodError(sandbox.connect({ port: 9 }), 'connection-refused');
        const startedMs = performance.now();
        await expectSandpodError(sandbox.connect({ port: 9, waitMs: 700 }), 'connection-refused');
        assert.ok(performance.now() - startedMs >= 650, 'expected connect() to wait for the port');
      },
    },
    {
      name: 'waitMs waits for a port that opens later',
      needs: ['ports', 'python'],
      body: async (context) => {
        const { sandbox, port } = await startServer(context, { delayMs: context.scaled(2_000) });
        await expectSandpodError(sandbox.connect({ port }), 'connection-refused');
        await using connection = await sandbox.connect({ port, waitMs: context.scaled(20_000) });
        assert.equal(String(await ask(connection, { command: 'echo', bytes: Buffer.from('late'), answerBytes: 4 })), 'late');
      },
    },
    {
      name: 'many consecutive connections leave no process behind',
      needs: ['ports', 'python', 'real-kernel'],
      budgetMs: 120_000,
      body: async (context) => {
        const { sandbox, port } = await startServer(context);
        const before = await countProcesses(sandbox);
        // Each connection needs a new exec. The relay test makes a thousand connections in a row, because an exec costs least there.
        for (let count = 100; count > 0; count -= 1) {
          await using connection = await sandbox.connect({ port });
          assert.equal(String(await ask(connection, { command: 'echo', bytes: Buffer.from('x'), answerBytes: 1 })), 'x');
        }
        const untilMs = performance.now() + context.scaled(10_000);
        let after = await countProcesses(sandbox);
        while (after > before + SPARE_PROCESSES && performance.now() < untilMs) {
          await pause(200);
          after = await countProcesses(sandbox);
        }
        assert.ok(after <= before + SPARE_PROCESSES, `expected about ${before} processes, given ${after}`);
      },
    },
    {
      name: 'an abort closes an open connection, and the server sees the end',
      needs: ['ports', 'python'],
      body: async (context) => {
        const { sandbox, port, output } = await startServer(context);
        const aborting = new AbortController();
        const connection = await sandbox.connect({ port, abortSignal: aborting.signal });
        await ask(connection, { command: 'watch', answerBytes: 0 });
        await output.until('watching\n');
        aborting.abort(new Error('enough'));
        await within(connection.closed, { ms: context.scaled(END_MS), what: '`closed` to resolve' });
        await within(output.until('ended watch\n'), { ms: context.scaled(END_MS), what: 'the server to see the end' });
        await assert.rejects(connection.writable.getWriter().write(Buffer.from('x')));
      },
    },
    {
      name: 'an abort before or during the wait for the port rejects with its reason',
      needs: ['ports'],
      body: async (context) => {
        const sandbox = await context.shared();
        const reason = new Error('enough');
        await expectAbort(sandbox.connect({ port: 9, abortSignal: AbortSignal.abort(reason) }), reason);
        const aborting = new AbortController();
        const connecting = sandbox.connect({ port: 9, waitMs: 60_000, abortSignal: aborting.signal });
        setTimeout(() => aborting.abort(reason), 500);
        await within(expectAbort(connecting, reason), { ms: context.scaled(500 + END_MS), what: 'connect() to reject' });
      },
    },
    {
      name: 'close() ends both directions and is idempotent; the server sees its end',
      needs: ['ports', 'python'],
      body: async (context) => {
        const { sandbox, port, output } = await startServer(context);
        const connection = await sandbox.connect({ port });
        await ask(connection, { command: 'watch', answerBytes: 0 });
        await output.until('watching\n');
        await within(Promise.all([connection.close(), connection.close()]), { ms: context.scaled(END_MS), what: 'close() to resolve' });
        await connection.close();
        await connection[Symbol.asyncDispose]();
        await within(connection.closed, { ms: context.scaled(END_MS), what: '`closed` to resolve' });
        await within(output.until('ended watch\n'), { ms: context.scaled(END_MS), what: 'the server to see the end' });
      },
    },
    {
      name: 'a connection ends when its sandbox ends',
      needs: ['ports', 'python'],
      body: async (context) => {
        const { sandbox, port } = await startServer(context, { sandbox: await context.fresh() });
        const connection = await sandbox.connect({ port });
        await ask(connection, { command: 'watch', answerBytes: 0 });
        await sandbox[Symbol.asyncDispose]();
        await within(connection.closed, { ms: context.scaled(END_MS), what: '`closed` to resolve' });
      },
    },
    {
      name: 'a connection works while the network is closed',
      needs: ['ports', 'python'],
      body: async (context) => {
        await using listener = await CanaryListener.open();
        const { sandbox, port } = await startServer(context);
        for (const host of listener.addresses())
          assert.equal((await context.run(context.guest.connect({ host, port: listener.port }), { sandbox })).stdout, 'refused\n', host);
        await using connection = await sandbox.connect({ port });
        assert.equal(String(await ask(connection, { command: 'echo', bytes: Buffer.from('inside'), answerBytes: 6 })), 'inside');
      },
    },
    {
      name: 'wrong options are refused, and the error contains the name of the field',
      body: async (context) => {
        const sandbox = await context.shared();
        const cases = [
          ['port', {}],
          ['port', { port: 0 }],
          ['port', { port: 65_536 }],
          ['port', { port: 1.5 }],
          ['port', { port: '80' }],
          ['waitMs', { port: 80, waitMs: -1 }],
          ['waitms', { port: 80, waitms: 1 }],
        ] as const;
        await forEachCase(cases, ([field, options]) => expectInvalid(sandbox.connect(options as unknown as ConnectOptions), field));
      },
    },
    {
      name: 'if ports cannot be reached, connect() is refused and the sandbox keeps working',
      needs: ['no-ports'],
      body: async (context) => {
        const sandbox = await context.shared();
        await expectSandpodError(sandbox.connect({ port: 80 }), 'unsupported');
        assert.equal((await context.run(context.guest.print({ stdout: 'works' }), { sandbox })).stdout, 'works');
      },
    },
  ],
};

async function countProcesses(sandbox: Sandbox): Promise<number> {
  const { stdout } = await sandbox.run({ command: 'ls /proc | grep -c "^[0-9]"' });
  return Number(stdout);
}
