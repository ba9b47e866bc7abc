import assert from 'node:assert/strict';
import type { ByteDuplex, ConnectOptions, Sandbox } from '@sandpod/core';
import { CanaryListener } from '../../tools/canary-listener.ts';
import { expectAbort, expectInvalid, expectSandpodError } from '../../tools/expect-failure.ts';
import { forEachCase } from '../../tools/for-each-case.ts';
import { ask, startServer } from '../../tools/guest-server.ts';
import { MemoryWatch } from '../../tools/memory-watch.ts';
import { digestLine, sampleBytes } from '../../tools/sample-bytes.ts';
import { pause, within } from '../../tools/within.ts';
import type { SandboxTheme } from '../sandbox-test.ts';

const MiB = 1024 * 1024;
/** Bytes that relays and sockets may hold before a writer has to wait. */
const MAX_IN_FLIGHT_BYTES = 64 * MiB;
/** Processes that a back end may keep waiting for work. */
const SPARE_PROCESSES = 4;
/** Milliseconds in which a connection must have ended. */
const END_MS = 5_000;

/** What a relay might take for its own messages: its framing, its markers, shell text, and every byte. */
const LOOKS_LIKE_CONTROL = Buffer.concat([
  Buffer.from('0\n1\nstop\n=x\n+x\n#5\nhello~\n-0\n!program\nEOF\n.\n\x04\x03\x00\x1b[2J$(id)`id`\\x00\r\n'),
  Buffer.from('{"type":"end"}\n{"error":"refused"}\nconnected\nrefused\nopen 1\nclose 1\n'),
  Uint8Array.from({ length: 512 }, (_, index) => index % 256),
]);

/** Connections to servers inside the sandbox. */
export const connectTheme: SandboxTheme = {
  name: 'connect',
  tests: [
    {
      name: 'bytes go to a server inside and come back',
      needs: ['ports', 'python'],
      body: async (context) => {
        const { sandbox, port } = await startServer(context);
        await using connection = await sandbox.connect({ port });
        assert.equal(String(await ask(connection, { command: 'echo', bytes: Buffer.from('hello'), answerBytes: 5 })), 'hello');
      },
    },
    {
      name: 'where a connection can half-close, the answer arrives after the end of the request',
      needs: ['ports', 'python'],
      body: async (context) => {
        const { sandbox, port } = await startServer(context);
        await using connection = await sandbox.connect({ port });
        const bytes = sampleBytes(100_000);
        const answer = String(await ask(connection, { command: 'digest', bytes, ...(connection.canHalfClose ? {} : { answerBytes: 0 }) }));
        if (connection.canHalfClose) {
          assert.equal(answer, digestLine(bytes));
          await within(connection.closed, { ms: context.scaled(END_MS), what: '`closed` to resolve' });
        } else await endsWithWritable(connection, context.scaled(END_MS));
      },
    },
    {
      name: 'the last bytes of an answer arrive, and then its end',
      needs: ['ports', 'python'],
      body: async (context) => {
        const { sandbox, port } = await startServer(context);
        for (const size of [0, 1, 4_095, 65_536, 300_001]) {
          const bytes = sampleBytes(size);
          await using connection = await sandbox.connect({ port });
          const asking = ask(connection, { command: `say ${Buffer.from(bytes).toString('hex')}` });
          const answer = await within(asking, { ms: context.scaled(10_000), what: 'the answer to end' });
          assert.ok(answer.equals(bytes), `expected the ${size} bytes that were sent, given ${answer.byteLength}`);
        }
      },
    },
    {
      name: 'megabytes go both ways at once, byte for byte',
      needs: ['ports', 'python'],
      budgetMs: 120_000,
      body: async (context) => {
        const { sandbox, port } = await startServer(context);
        await using connection = await sandbox.connect({ port });
        const bytes = sampleBytes(8 * MiB);
        const answer = await ask(connection, { command: 'echo', bytes, answerBytes: bytes.byteLength });
        assert.equal(digestLine(answer), digestLine(bytes));
      },
    },
    {
      name: 'bytes that look like messages of the relay change nothing, in both directions',
      needs: ['ports', 'python'],
      body: async (context) => {
        const { sandbox, port } = await startServer(context);
        await using said = await sandbox.connect({ port });
        assert.ok((await ask(said, { command: `say ${LOOKS_LIKE_CONTROL.toString('hex')}` })).equals(LOOKS_LIKE_CONTROL));
        await using echoed = await sandbox.connect({ port });
        const bytes = LOOKS_LIKE_CONTROL;
        assert.ok((await ask(echoed, { command: 'echo', bytes, answerBytes: bytes.byteLength })).equals(bytes));
      },
    },
    {
      name: 'a server that does not read stops the writer, and an unread answer stops the server; the client stays small',
      needs: ['ports', 'python'],
      budgetMs: 90_000,
      body: async (context) => {
        const { sandbox, port } = await startServer(context);
        using memory = new MemoryWatch();
        await using stalled = await sandbox.connect({ port });
        const writer = stalled.writable.getWriter();
        await writer.write(Buffer.from('stall\n'));
        const piece = new Uint8Array(64 * 1024);
        let written = 0;
        while (written < MAX_IN_FLIGHT_BYTES && (await isDone(writer.write(piece), context.scaled(1_500)))) written += piece.byteLength;
        assert.ok(written < MAX_IN_FLIGHT_BYTES, 'expected that the writer has to wait');
        await using flooding = await sandbox.connect({ port });
        const flood = flooding.writable.getWriter();
        await flood.write(Buffer.from('flood\n'));
        await pause(context.scaled(2_000));
        assert.ok(memory.grownBytes() < 32 * MiB, `expected less than 32 MiB more memory, given ${memory.grownBytes()}`);
      },
    },
    {
      name: 'a port on which nothing listens is connection-refused',
      needs: ['ports'],
      body: async (context) => {
        const sandbox = await context.shared();
        await expectSandpodError(sandbox.connect({ port: 9 }), 'connection-refused');
        const startedMs = performance.now();
        await expectSandpodError(sandbox.connect({ port: 9, waitMs: 700 }), 'connection-refused');
        assert.ok(performance.now() - startedMs >= 650, 'expected that it waits for the port');
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
      name: 'twenty connections at once keep their bytes apart',
      needs: ['ports', 'python'],
      budgetMs: 90_000,
      body: async (context) => {
        const { sandbox, port } = await startServer(context);
        const asking = Array.from({ length: 20 }, async (_, index) => {
          await using connection = await sandbox.connect({ port });
          const bytes = Buffer.from(`connection ${index}\n`.repeat(5_000));
          assert.ok(
            (await ask(connection, { command: 'echo', bytes, answerBytes: bytes.byteLength })).equals(bytes),
            `connection ${index}`,
          );
        });
        await Promise.all(asking);
      },
    },
    {
      name: 'many connections in a row leave no process behind',
      needs: ['ports', 'python', 'real-kernel'],
      budgetMs: 600_000,
      body: async (context) => {
        const { sandbox, port } = await startServer(context);
        const before = await countProcesses(sandbox);
        for (let count = context.isLarge ? 1_000 : 100; count > 0; count -= 1) {
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
      name: 'an abort closes an open connection, and the server sees its end',
      needs: ['ports', 'python'],
      body: async (context) => {
        const { sandbox, port, output } = await startServer(context);
        const aborting = new AbortController();
        const connection = await sandbox.connect({ port, abortSignal: aborting.signal });
        await ask(connection, { command: 'watch', answerBytes: 0 });
        aborting.abort(new Error('enough'));
        await within(connection.closed, { ms: context.scaled(END_MS), what: '`closed` to resolve' });
        await within(output.until('ended watch\n'), { ms: context.scaled(END_MS), what: 'the server to see the end' });
        await assert.rejects(connection.writable.getWriter().write(Buffer.from('x')));
      },
    },
    {
      name: 'an abort before or while it waits for the port is the rejection',
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
        await within(Promise.all([connection.close(), connection.close()]), { ms: context.scaled(END_MS), what: 'close() to resolve' });
        await connection.close();
        await connection[Symbol.asyncDispose]();
        await within(connection.closed, { ms: context.scaled(END_MS), what: '`closed` to resolve' });
        await within(output.until('ended watch\n'), { ms: context.scaled(END_MS), what: 'the server to see the end' });
      },
    },
    {
      name: 'a connection ends with its sandbox',
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
      name: 'wrong options are refused with the name of the field',
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
      name: 'where ports cannot be reached, connect() is refused and the sandbox works on',
      needs: ['no-ports'],
      body: async (context) => {
        const sandbox = await context.shared();
        await expectSandpodError(sandbox.connect({ port: 80 }), 'unsupported');
        assert.equal((await context.run(context.guest.print({ stdout: 'works' }), { sandbox })).stdout, 'works');
      },
    },
  ],
};

async function endsWithWritable(connection: ByteDuplex, ms: number): Promise<void> {
  await connection.writable.close();
  await within(connection.closed, { ms, what: '`closed` to resolve' });
}

async function isDone(promise: Promise<unknown>, ms: number): Promise<boolean> {
  promise.catch(() => {});
  return Promise.race([promise.then(() => true), pause(ms).then(() => false)]);
}

async function countProcesses(sandbox: Sandbox): Promise<number> {
  const { stdout } = await sandbox.run({ command: 'ls /proc | grep -c "^[0-9]"' });
  return Number(stdout);
}
