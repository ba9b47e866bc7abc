import assert from 'node:assert/strict';
import type { ByteDuplex } from '@sandpod/core';
import { ask, startServer } from '../../tools/guest-server.ts';
import { MemoryWatch } from '../../tools/memory-watch.ts';
import type { OutputReader } from '../../tools/output-reader.ts';
import { digestLine, sampleBytes } from '../../tools/sample-bytes.ts';
import { pause, within } from '../../tools/within.ts';
import type { SandboxTheme } from '../sandbox-test.ts';

const MiB = 1024 * 1024;
/** Maximum number of bytes that relays and sockets may buffer before a writer must wait. */
const MAX_IN_FLIGHT_BYTES = 64 * MiB;
/** Milliseconds after which a connection must have ended. */
const END_MS = 5_000;

/** Bytes that a relay could mistake for its own messages: frames, markers, shell text, and every byte value. */
const LOOKS_LIKE_CONTROL = Buffer.concat([
  Buffer.from('0\n1\nstop\n=x\n+x\n#5\nhello~\n-0\n!program\nEOF\n.\n\x04\x03\x00\x1b[2J$(id)`id`\\x00\r\n'),
  Buffer.from('{"type":"end"}\n{"error":"refused"}\nconnected\nrefused\nopen 1\nclose 1\n'),
  Uint8Array.from({ length: 512 }, (_, index) => index % 256),
]);

/** Tests the bytes in connections to servers inside the sandbox. */
export const connectBytesTheme: SandboxTheme = {
  name: 'connect: bytes',
  tests: [
    {
      name: 'if a connection can half-close, the response arrives after the end of the request',
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
      name: 'the last bytes of a response arrive before its end',
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
      name: 'megabytes pass unchanged in both directions at the same time',
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
      name: "a server that does not read blocks the writer, an unread response blocks the server, and the client's memory stays small",
      needs: ['ports', 'python'],
      budgetMs: 90_000,
      body: async (context) => {
        const { sandbox, port, output } = await startServer(context);
        const memory = new MemoryWatch();
        // Stops the regular samples, which would only delay the client. Unread bytes are still in memory at the end.
        memory[Symbol.dispose]();
        await using stalled = await sandbox.connect({ port });
        const writer = stalled.writable.getWriter();
        await writer.write(Buffer.from('stall\n'));
        const piece = new Uint8Array(64 * 1024);
        let written = 0;
        while (written < MAX_IN_FLIGHT_BYTES && (await isDone(writer.write(piece), context.scaled(1_500)))) written += piece.byteLength;
        assert.ok(written < MAX_IN_FLIGHT_BYTES, 'expected the writer to be blocked');
        await using flooding = await sandbox.connect({ port });
        const flood = flooding.writable.getWriter();
        await flood.write(Buffer.from('flood\n'));
        await stopsGrowing(output, { ms: context.scaled(1_500), until: `flooded ${MAX_IN_FLIGHT_BYTES / MiB} MiB` });
        assert.ok(memory.grownBytes() < 32 * MiB, `expected less than 32 MiB more memory, given ${memory.grownBytes()}`);
      },
    },
    {
      name: 'twenty parallel connections do not mix their bytes',
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

/** Resolves when a process has written nothing for `ms`. Rejects if its output contains the text `until` before that. */
async function stopsGrowing(output: OutputReader, limit: { readonly ms: number; readonly until: string }): Promise<void> {
  let before: string;
  do {
    before = output.text();
    assert.ok(!before.includes(limit.until), `expected the server to be blocked, but it wrote "${limit.until}"`);
    await pause(limit.ms);
  } while (output.text() !== before);
}
