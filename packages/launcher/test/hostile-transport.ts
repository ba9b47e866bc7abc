import type { OutputChunk } from '@sandpod/core';
import { ExecSandbox } from '../src/exec-sandbox.ts';
import type { ExecChannel, ExecTransport } from '../src/exec-transport.ts';

const MiB = 1024 * 1024;

type Stream = OutputChunk['stream'];

/** What a hostile launcher may do with a request. */
export interface HostileRequest {
  readonly verb: string;
  /** Sends bytes; resolves when the client has taken them. */
  send(stream: Stream, bytes: string | Uint8Array): Promise<void>;
  /** Sends a line with the nonce of the request. */
  say(stream: Stream, text: string): Promise<void>;
  /** True once the client has closed the connection. */
  readonly isClosed: boolean;
}

/** Answers to one verb. */
export type HostileAnswer = (request: HostileRequest) => Promise<void> | void;

/** Launchers that guest code has taken over: they know the nonces, and answer as a test says. Verbs without an answer get none. */
export class HostileTransport implements ExecTransport {
  readonly halfClose = true;
  readonly #answers: Readonly<Record<string, HostileAnswer>>;
  /** All connections that were opened, in order. */
  readonly channels: HostileChannel[] = [];

  constructor(answers: Readonly<Record<string, HostileAnswer>>) {
    this.#answers = answers;
  }

  async open(): Promise<ExecChannel> {
    const channel = new HostileChannel(this.#answers);
    this.channels.push(channel);
    return channel;
  }

  get openCount(): number {
    return this.channels.filter(({ isClosed }) => !isClosed).length;
  }
}

/** Opens an answer on both streams. */
export async function begin(request: HostileRequest, payload = ''): Promise<void> {
  for (const stream of ['stderr', 'stdout'] as const) await request.say(stream, `+${payload}`);
}

/** Closes an answer on both streams, and becomes idle with a report. */
export async function finish(request: HostileRequest, { payload = '', report = '' } = {}): Promise<void> {
  await request.say('stdout', '-');
  await request.say('stderr', `-${payload}`);
  await request.say('stderr', `~${report}`);
}

/** Says the same text on the lines that open and close an answer. */
export function answer(text: string): HostileAnswer {
  return async (request) => {
    await begin(request, text);
    await finish(request, { payload: text });
  };
}

/** Begins and ends a run. */
export function run(ending: string, report = ''): HostileAnswer {
  return async (request) => {
    await begin(request, '7 1');
    await finish(request, { payload: ending, report });
  };
}

/** A sandbox with nothing but hostile launchers. */
export function takenSandbox(answers: Readonly<Record<string, HostileAnswer>>): { sandbox: ExecSandbox; transport: HostileTransport } {
  const transport = new HostileTransport(answers);
  const sandbox = new ExecSandbox({
    id: 'taken',
    description: 'a sandbox whose launchers a guest has taken over',
    limits: { cpus: 1, memoryBytes: MiB, workspaceBytes: MiB, processes: 8, outputBytes: MiB },
    capabilities: {
      ...{ stdin: true, backgroundProcesses: true, shellStreaming: true, signals: true, attach: false, ports: false },
      ...{ pause: false, terminal: false, network: 'closed', kernel: 'real', enforces: [] },
    },
    workspace: '/workspace',
    transport,
    destroy: async () => {},
  });
  return { sandbox, transport };
}

class HostileChannel implements ExecChannel {
  readonly stdin: WritableStream<Uint8Array>;
  readonly output: ReadableStream<OutputChunk>;
  readonly exit: Promise<{ readonly exitCode: number }>;
  readonly #answers: Readonly<Record<string, HostileAnswer>>;
  readonly #exit = Promise.withResolvers<{ readonly exitCode: number }>();
  #controller!: ReadableStreamDefaultController<OutputChunk>;
  #hasRoom = Promise.withResolvers<void>();
  #isBooted = false;
  isClosed = false;

  constructor(answers: Readonly<Record<string, HostileAnswer>>) {
    this.#answers = answers;
    this.exit = this.#exit.promise;
    this.exit.catch(() => {});
    this.stdin = new WritableStream({ write: (bytes) => this.#receive(Buffer.from(bytes)) });
    this.output = new ReadableStream(
      {
        start: (controller) => {
          this.#controller = controller;
        },
        pull: () => this.#hasRoom.resolve(),
      },
      { highWaterMark: 64 * 1024, size: ({ bytes }) => bytes.byteLength },
    );
  }

  destroy(reason: unknown = new Error('closed')): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.#hasRoom.resolve();
    this.#exit.reject(reason);
    this.#controller.error(reason);
  }

  /** The client sends each request, and the script with the launcher's settings, in one piece. */
  #receive(bytes: Buffer): void {
    if (this.#isBooted) {
      const [verb = '', nonce = ''] = linesOf(bytes);
      void this.#answers[verb]?.(this.#request(verb, nonce));
      return;
    }
    this.#isBooted = true;
    const scriptStart = bytes.indexOf('\n') + 1;
    const [nonce = ''] = linesOf(bytes.subarray(scriptStart + Number(bytes.toString('latin1', 0, scriptStart))));
    void this.#request('boot', nonce).say('stderr', '~');
  }

  #request(verb: string, nonce: string): HostileRequest {
    const send = (stream: Stream, bytes: string | Uint8Array): Promise<void> => this.#send(stream, Buffer.from(bytes));
    const isClosed = (): boolean => this.isClosed;
    return {
      verb,
      send,
      say: (stream, text) => send(stream, `${nonce}${text}\n`),
      get isClosed() {
        return isClosed();
      },
    };
  }

  async #send(stream: Stream, bytes: Uint8Array): Promise<void> {
    while (!this.isClosed && (this.#controller.desiredSize ?? 0) <= 0) {
      this.#hasRoom = Promise.withResolvers<void>();
      await this.#hasRoom.promise;
    }
    if (!this.isClosed) this.#controller.enqueue({ stream, bytes });
  }
}

/** The items that are single lines. */
function linesOf(bytes: Buffer): string[] {
  return bytes
    .toString('latin1')
    .split('\n')
    .map((line) => line.slice(1));
}
