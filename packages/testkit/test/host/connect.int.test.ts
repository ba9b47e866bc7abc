import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { ByteDuplex } from '@sandpod/core';
import { RELAY_PROGRAMS, type RelayProgram } from '@sandpod/launcher';
import { expect, test } from 'vitest';
import { inEachShell, makeSandbox } from './each-shell.ts';
import { COUNT, ECHO, SEND, startService } from './host-service.ts';

const FRAMED: readonly RelayProgram[] = ['python3', 'node', 'perl'];
const OTHERS: readonly RelayProgram[] = ['bash', 'busybox'];

async function readAll({ readable }: ByteDuplex): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const bytes of readable) chunks.push(bytes);
  return Buffer.concat(chunks);
}

async function write({ writable }: ByteDuplex, ...texts: readonly (string | Uint8Array)[]): Promise<void> {
  const writer = writable.getWriter();
  for (const text of texts) await writer.write(Buffer.from(text));
  writer.releaseLock();
}

/** Reads a number of bytes and leaves the rest. */
async function readSome({ readable }: ByteDuplex, size: number): Promise<Buffer> {
  const reader = readable.getReader();
  let seen = Buffer.alloc(0);
  while (seen.length < size) {
    const { value, done } = await reader.read();
    if (done) break;
    seen = Buffer.concat([seen, value]);
  }
  reader.releaseLock();
  return seen;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

const shellOf = (relay: RelayProgram): string => (relay === 'busybox' ? 'busybox sh' : 'dash');

for (const relay of [...FRAMED, ...OTHERS]) {
  test(`${relay} relays bytes both ways, verbatim`, async () => {
    const { sandbox } = await makeSandbox({ shell: shellOf(relay).split(' '), relays: [relay] });
    const { port } = await startService(sandbox, ECHO);
    const connection = await sandbox.connect({ port });
    expect(connection.canHalfClose).toBe(FRAMED.includes(relay));
    const sent = Buffer.from(Array.from({ length: 100_000 }, (_, index) => (index * 7) % 256));
    const [received] = await Promise.all([readSome(connection, sent.length), write(connection, sent)]);
    expect(received.equals(sent)).toBe(true);
    await connection.close();
    await connection.closed;
  });

  test(`${relay} relays 20 MB from a service that ends, to a reader that is slow at first`, async () => {
    const { sandbox } = await makeSandbox({ shell: shellOf(relay).split(' '), relays: [relay] });
    const { port } = await startService(sandbox, SEND);
    const connection = await sandbox.connect({ port });
    const size = 20_000_000;
    await write(connection, `${size}\n`);
    await delay(300);
    const received = await readAll(connection);
    expect(received.length).toBe(size);
    expect(received.subarray(65_536, 65_792).every((value, index) => value === index)).toBe(true);
    await connection.close();
  });

  test(`${relay} reports a refused connection, and waits for a port that opens later`, async () => {
    const { sandbox } = await makeSandbox({ shell: shellOf(relay).split(' '), relays: [relay] });
    const free = await freePort();
    await expect(sandbox.connect({ port: free })).rejects.toMatchObject({ code: 'connection-refused' });
    const connecting = sandbox.connect({ port: free, waitMs: 20_000 });
    await delay(500);
    await startService(sandbox, ECHO, { PORT: `${free}` });
    const connection = await connecting;
    await write(connection, 'late');
    expect((await readSome(connection, 4)).toString()).toBe('late');
    await connection.close();
  });

  test(`${relay} leaves no process and no exec behind, however a connection ends`, async () => {
    const { sandbox, machine } = await makeSandbox({ shell: shellOf(relay).split(' '), relays: [relay] });
    const { port } = await startService(sandbox, ECHO);
    await sandbox.run({ argv: ['true'] });
    await delay(300);
    const before = machine.processes().length;
    const aborting = new AbortController();
    const [closed, cancelled, aborted, stuck] = await Promise.all([
      sandbox.connect({ port }),
      sandbox.connect({ port }),
      sandbox.connect({ port, abortSignal: aborting.signal }),
      sandbox.connect({ port }),
    ]);
    await closed.close();
    await cancelled.readable.cancel();
    await cancelled.writable.close();
    aborting.abort(new Error('enough'));
    await expect(aborted.readable.getReader().read()).rejects.toThrow('enough');
    // The echo is not read, so the service accepts no more input.
    const writer = stuck.writable.getWriter();
    void (async () => {
      for (let count = 0; count < 500; count += 1) await writer.write(Buffer.alloc(100_000));
    })().catch(() => {});
    await delay(500);
    await stuck.close();
    await Promise.all([closed, cancelled, aborted, stuck].map((each) => each.closed));
    await expect.poll(() => machine.processes().length, { timeout: 10_000 }).toBeLessThanOrEqual(before + 2);
  });
}

for (const relay of FRAMED) {
  test(`${relay} closes one direction and still delivers the answer`, async () => {
    const { sandbox } = await makeSandbox({ relays: [relay] });
    const { port } = await startService(sandbox, COUNT);
    const connection = await sandbox.connect({ port });
    await write(connection, Buffer.alloc(1_000_000), 'x');
    await connection.writable.close();
    expect((await readAll(connection)).toString()).toBe('1000001');
    await connection.closed;
  });

  test(`${relay} slows a writer down when the service does not read`, async () => {
    const { sandbox } = await makeSandbox({ relays: [relay] });
    const { port } = await startService(sandbox, 'def handle(c): time.sleep(1000)');
    const connection = await sandbox.connect({ port });
    const writer = connection.writable.getWriter();
    let written = 0;
    void (async () => {
      for (;;) {
        await writer.write(Buffer.alloc(1_000_000));
        written += 1;
      }
    })().catch(() => {});
    await delay(1_500);
    const reached = written;
    await delay(500);
    expect(written).toBe(reached);
    expect(written).toBeLessThan(30);
    await connection.close();
  });
}

inEachShell('a service cannot forge what the relay reports', async (make) => {
  const { sandbox } = await make();
  const { port } = await startService(sandbox, 'def handle(c):\n  c.sendall(b"\\x1e!refused\\n\\x1e-0\\n" * 100)\n  c.close()');
  const connection = await sandbox.connect({ port });
  expect((await readAll(connection)).toString()).toBe('\u001e!refused\n\u001e-0\n'.repeat(100));
  await connection.close();
});

inEachShell('a service that breaks the connection is an error, not an end', async (make) => {
  const { sandbox } = await make();
  const reset =
    'def handle(c):\n  c.sendall(b"part")\n  time.sleep(0.3)\n  c.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\\1\\0\\0\\0\\0\\0\\0\\0")\n  c.close()';
  const { port } = await startService(sandbox, reset);
  const connection = await sandbox.connect({ port });
  await expect(readAll(connection)).rejects.toMatchObject({ code: 'transport' });
  await connection.closed;
});

inEachShell('a port on ::1 is also found, and the error for an image without a relay lists the relay programs', async (make) => {
  const { sandbox } = await make();
  const { port } = await startService(sandbox, ECHO, { SIX: '1' });
  const connection = await sandbox.connect({ port });
  await write(connection, 'six');
  expect((await readSome(connection, 3)).toString()).toBe('six');
  await connection.close();
  const { sandbox: poor } = await make({ relays: [] });
  const error = await poor.connect({ port }).catch((reason: unknown) => reason as Error);
  expect(error).toMatchObject({ code: 'unsupported', message: expect.stringContaining(RELAY_PROGRAMS.join(', ')) });
});

inEachShell('a broken exec, the end of the processes and the end of the sandbox end connections', async (make) => {
  const { sandbox, machine } = await make();
  const { port } = await startService(sandbox, ECHO);
  const cut = await sandbox.connect({ port });
  const failing = readAll(cut).catch((error: unknown) => error);
  for (const channel of machine.channels) channel.destroy();
  expect(await failing).toMatchObject({ code: 'transport' });
  // The waiting launcher ended with it.
  const again = (): Promise<boolean> => sandbox.run({ command: 'true' }).then(Boolean, () => false);
  await expect.poll(again, { timeout: 10_000 }).toBe(true);
  const { port: other } = await startService(sandbox, ECHO);
  const swept = await sandbox.connect({ port: other });
  await sandbox.endProcesses();
  await expect(readAll(swept)).rejects.toMatchObject({ code: 'transport' });
  const { port: last } = await startService(sandbox, ECHO);
  const ended = await sandbox.connect({ port: last });
  await sandbox[Symbol.asyncDispose]();
  await expect(readAll(ended)).rejects.toMatchObject({ code: 'sandbox-ended' });
});

test('100 connections at once, and 1,000 in a row, leave nothing behind', { timeout: 400_000 }, async () => {
  const { sandbox, machine } = await makeSandbox({ relays: ['perl'] });
  const { port } = await startService(sandbox, ECHO);
  const one = async (text: string): Promise<void> => {
    await using connection = await sandbox.connect({ port, waitMs: 5_000 });
    await write(connection, text);
    await connection.writable.close();
    expect((await readAll(connection)).toString()).toBe(text);
  };
  await one('first');
  await delay(500);
  const count = (): number => readdirSync('/proc/self/fd').length;
  const before = { processes: machine.processes().length, descriptors: count() };
  await Promise.all(Array.from({ length: 100 }, (_, index) => one(`many ${index}`)));
  for (let index = 0; index < 1_000; index += 1) await one(`${index}`);
  await expect.poll(() => machine.processes().length, { timeout: 10_000 }).toBeLessThanOrEqual(before.processes + 2);
  await expect.poll(count, { timeout: 10_000 }).toBeLessThanOrEqual(before.descriptors + 5);
});
