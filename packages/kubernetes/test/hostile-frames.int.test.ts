import { setTimeout as delay } from 'node:timers/promises';
import { SandpodError } from '@sandpod/core';
import { hostileVariants } from '@sandpod/testkit';
import { expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { openExecChannel } from '../src/client/exec-channel.ts';
import { connectByPortForward } from '../src/client/port-forward.ts';
import { HostileServer } from './fixtures/hostile-server.ts';

const MiB = 1024 * 1024;
const PLACE = { namespace: 'x', pod: 'x', container: 'x' };
const STDOUT = 1;
const STATUS = 3;

const frame = (channel: number, bytes: string | Uint8Array): Buffer => Buffer.concat([Buffer.of(channel), Buffer.from(bytes)]);

/** Returns the exit code, or the code of the error, and the output that arrived before. */
async function endOf(
  answer: (socket: WebSocket) => void,
): Promise<{ readonly end: unknown; readonly output: string; readonly isClosed: boolean }> {
  const closed = Promise.withResolvers<void>();
  await using server = await HostileServer.forSockets((socket) => {
    socket.on('close', () => closed.resolve());
    answer(socket);
  });
  const channel = await openExecChannel(server.client, { ...PLACE, argv: ['true'] });
  const output: Uint8Array[] = [];
  const reading = (async () => {
    for await (const { bytes } of channel.output) output.push(bytes);
  })().catch(() => {});
  const end = await channel.exit.then(({ exitCode }) => exitCode, codeOf);
  await reading;
  const isClosed = await Promise.race([closed.promise.then(() => true), delay(5_000, false)]);
  return { end, output: Buffer.concat(output).toString(), isClosed };
}

function codeOf(error: unknown): unknown {
  return SandpodError.isInstance(error) ? error.code : error;
}

test('a damaged status ends an exec with a typed error, and its connection is closed', async () => {
  for (const { name, bytes } of hostileVariants('{"status":"Failure","reason":"NonZeroExitCode"}').slice(0, 40)) {
    const { end, isClosed } = await endOf((socket) => socket.send(frame(STATUS, bytes)));
    expect(['transport', 'program-not-found'], `${name}: ${end}`).toContain(end);
    expect(isClosed, name).toBe(true);
  }
});

test('frames that are empty, of unknown channels or after the status change nothing', async () => {
  const seen = await endOf((socket) => {
    for (const bytes of [Buffer.alloc(0), frame(7, 'x'), frame(0, 'x'), frame(4, 'x'), frame(255, Buffer.of(STDOUT)), frame(STDOUT, '')])
      socket.send(bytes);
    socket.send(frame(STDOUT, 'hello'));
    socket.send(frame(STATUS, '{"status":"Success"}'));
    socket.send(frame(STATUS, '{"status":"Failure"}'));
    socket.send(frame(STDOUT, 'later'));
  });
  expect(seen).toEqual({ end: 0, output: 'hello', isClosed: true });
});

test('a frame above the limit and a text that is not UTF-8 end an exec as lost', async () => {
  const large = await endOf((socket) => socket.send(frame(STDOUT, Buffer.alloc(33 * MiB))));
  expect(large).toEqual({ end: 'transport', output: '', isClosed: true });
  const text = await endOf((socket) => socket.send(Buffer.of(STDOUT, 0xff, 0xfe), { binary: false }));
  expect(text).toMatchObject({ end: 'transport', isClosed: true });
});

test('output that is not read slows the server down instead of filling memory', async () => {
  let sent: WebSocket | undefined;
  await using server = await HostileServer.forSockets((socket) => {
    sent = socket;
    for (let count = 0; count < 256; count += 1) socket.send(frame(STDOUT, Buffer.alloc(256 * 1024)));
  });
  const before = process.memoryUsage().arrayBuffers;
  const channel = await openExecChannel(server.client, { ...PLACE, argv: ['true'] });
  await delay(1_000);
  // The frames that wait are in the server's buffers, which are in this process too; only a few MiB are in the channel.
  expect(sent?.bufferedAmount).toBeGreaterThan(48 * MiB);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100 * MiB);
  channel.destroy(new Error('enough'));
});

test('a channel that is closed without a reason rejects its exit', async () => {
  await using server = await HostileServer.forSockets(() => {});
  const channel = await openExecChannel(server.client, { ...PLACE, argv: ['true'] });
  channel.destroy();
  expect(await channel.exit.catch(codeOf)).toBe('transport');
});

test('a hostile report of a forwarded port is a short message without control characters, and its connection is closed', async () => {
  for (const report of ['\u001b]0;title\u0007went wrong', `${'x'.repeat(40_000)}\0`, '\u009b2J', Buffer.alloc(MiB, 0xff)]) {
    const closed = Promise.withResolvers<void>();
    await using server = await HostileServer.forSockets((socket) => {
      socket.on('close', () => closed.resolve());
      for (const channel of [0, 1]) socket.send(frame(channel, Buffer.of(1, 0)));
      socket.send(frame(1, report));
    });
    const error = await connectByPortForward(server.client, PLACE, { port: 1 }).catch((caught: unknown) => caught);
    expect(SandpodError.isInstance(error) && error.code).toBe('transport');
    const { message } = error as SandpodError;
    expect(message.length).toBeLessThan(1_200);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a report must not bring.
    expect(message).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
    await closed.promise;
  }
});

test('frames of a forwarded port above the limit break the connection', async () => {
  await using server = await HostileServer.forSockets((socket) => {
    for (const channel of [0, 1]) socket.send(frame(channel, Buffer.of(1, 0)));
    socket.send(frame(0, 'hello'));
    socket.send(frame(0, Buffer.alloc(33 * MiB)));
  });
  const connection = await connectByPortForward(server.client, PLACE, { port: 1 });
  const read = async (): Promise<void> => {
    for await (const bytes of connection.readable) expect(bytes.byteLength).toBeLessThan(100);
  };
  expect(await read().catch(codeOf)).toBe('transport');
  await connection.closed;
});
