import { type OutputChunk, SandpodError } from '@sandpod/core';
import { type ExecChannel, ExecSandbox, type ExecTransport } from '@sandpod/launcher';
import { expect, test } from 'vitest';
import { endlessLine, hostileVariants } from '../../src/tools/hostile-bytes.ts';

const MiB = 1024 * 1024;
// biome-ignore lint/suspicious/noControlCharactersInRegex: a nonce begins with one.
const NONCE = /\u001e[0-9a-f]{32}/;

/** Stands for a relay that sends nothing more and never ends. */
const FOREVER: OutputChunk = { stream: 'stdout', bytes: new Uint8Array(0) };

type Relay = (nonce: string) => Iterable<OutputChunk>;

/** A transport whose execs are relays that a guest has taken over. */
class HostileRelays implements ExecTransport {
  readonly halfClose = true;
  readonly #relay: Relay;
  destroyed = 0;
  sentBytes = 0;

  constructor(relay: Relay) {
    this.#relay = relay;
  }

  async open(): Promise<ExecChannel> {
    const nonce = Promise.withResolvers<string>();
    const exit = Promise.withResolvers<{ readonly exitCode: number }>();
    exit.promise.catch(() => {});
    let chunks: Iterator<OutputChunk> | undefined;
    let end: ReadableStreamDefaultController<OutputChunk>;
    const output = new ReadableStream<OutputChunk>({
      start: (controller) => {
        end = controller;
      },
      pull: async (controller) => {
        chunks ??= this.#relay(await nonce.promise)[Symbol.iterator]();
        const { value, done } = chunks.next();
        if (done === true) controller.close();
        else if (value === FOREVER) await exit.promise;
        else controller.enqueue(value);
        this.sentBytes += value?.bytes.byteLength ?? 0;
      },
    });
    const write = (bytes: Uint8Array): void => {
      const [found] = NONCE.exec(Buffer.from(bytes).toString('latin1')) ?? [];
      if (found !== undefined) nonce.resolve(found);
    };
    const destroy = (reason: unknown): void => {
      this.destroyed += 1;
      exit.reject(reason);
      try {
        end.error(reason);
      } catch {
        // It has ended already.
      }
    };
    return { stdin: new WritableStream({ write }), output, exit: exit.promise, destroy };
  }
}

function sandboxWith(relay: Relay): { readonly sandbox: ExecSandbox; readonly relays: HostileRelays } {
  const relays = new HostileRelays(relay);
  const sandbox = new ExecSandbox({
    id: 'taken',
    description: 'a sandbox whose relays a guest has taken over',
    limits: { cpus: 1, memoryBytes: MiB, workspaceBytes: MiB, processes: 8, outputBytes: MiB },
    capabilities: {
      ...{ stdin: true, backgroundProcesses: true, shellStreaming: true, signals: true, attach: false, ports: true },
      ...{ pause: false, terminal: false, network: 'closed', kernel: 'real', enforces: [] },
    },
    workspace: '/workspace',
    transport: relays,
    destroy: async () => {},
  });
  return { sandbox, relays };
}

const line = (nonce: string, text: string | Uint8Array): OutputChunk => ({
  stream: 'stderr',
  bytes: Buffer.concat([Buffer.from(nonce), Buffer.from(text), Buffer.from('\n')]),
});

async function connectTo(relay: Relay): Promise<{ readonly result: unknown; readonly relays: HostileRelays }> {
  const { sandbox, relays } = sandboxWith(relay);
  const result = await sandbox.connect({ port: 80 }).then(
    async (connection) => {
      const received: Uint8Array[] = [];
      try {
        for await (const bytes of connection.readable) received.push(bytes);
        return Buffer.concat(received).toString();
      } catch (error) {
        return codeOf(error);
      } finally {
        await connection.close();
      }
    },
    (error: unknown) => codeOf(error),
  );
  return { result, relays };
}

const codeOf = (error: unknown): unknown => (SandpodError.isInstance(error) ? `error ${error.code}` : error);

test('a damaged report of a relay is a typed error', async () => {
  for (const report of ['@7 1', '+perl', '!refused', '-12']) {
    for (const { name, bytes } of hostileVariants(report)) {
      if (bytes.includes('\n')) continue;
      const { result } = await connectTo((nonce) => [line(nonce, bytes)]);
      expect(result, `${report}, ${name}`).toMatch(/^error (transport|connection-refused|unsupported)$/);
    }
  }
});

test.each([
  ['an unknown report', ['?']],
  ['a relay that was not offered', ['@7 1', '+__proto__']],
  ['a problem without a name', ['!x']],
  ['a second connection', ['@7 1', '+perl', '+bash']],
  ['a second end', ['@7 1', '+perl', '-9', '-9']],
  ['an end before the connection', ['-0']],
])('%s is a malformed answer, and the exec is not used again', async (_, reports) => {
  const { result, relays } = await connectTo((nonce) => [...reports.map((text) => line(nonce, text)), FOREVER]);
  expect(result).toBe('error transport');
  expect(relays.destroyed).toBeGreaterThan(0);
});

test('an endless report ends the connection with little memory', async () => {
  const before = process.memoryUsage().arrayBuffers;
  const { result, relays } = await connectTo(function* (nonce) {
    for (const bytes of endlessLine({ start: nonce, totalBytes: 256 * MiB })) yield { stream: 'stderr', bytes };
  });
  expect(result).toBe('error transport');
  expect(relays.sentBytes).toBeLessThan(MiB);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100 * MiB);
});

test('more bytes than announced break a connection instead of ending it as complete', async () => {
  const { result } = await connectTo((nonce) => [
    line(nonce, '@7 1'),
    line(nonce, '+perl'),
    { stream: 'stdout', bytes: Buffer.from('hello') },
    line(nonce, '-3'),
  ]);
  expect(result).toBe('error transport');
});
