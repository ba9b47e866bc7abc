import { addAbortListener } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { type ByteDuplex, type ConnectOptions, SandpodError, sanitizeTerminalText } from '@sandpod/core';
import type { WebSocket } from 'ws';
import type { KubeClient } from './kube-client.ts';
import type { KubeCall } from './kube-error.ts';
import { openWebSocket } from './open-web-socket.ts';

const PROTOCOL = 'v4.channel.k8s.io';
/** The numbers of the channels. The first byte of every frame is such a number. The first frame on each channel contains only the port. */
const CHANNEL = { data: 0, error: 1 } as const;

/**
 * Milliseconds after which a connection without a report counts as accepted. The server reports refused connections, but not accepted
 * connections.
 */
const REFUSAL_MS = 1_000;
const RETRY_MS = 200;
/** Bytes that may wait for the reader before the socket is paused. */
const WAITING_BYTES = 256 * 1024;
const FRAME_BYTES = 64 * 1024;
/** The server's close code after the service has closed the connection. With any other code, data is lost. */
const CLOSED = 1_000;
/** The maximum length of the container runtime's report. The reason is at the end of the report. */
const MAX_REPORT_BYTES = 1_000;

export interface PodPlace {
  readonly namespace: string;
  readonly pod: string;
}

/**
 * Connects to a port in a pod through the API server. The connection cannot half-close, and does not reach the loopback interface of a
 * gVisor sandbox.
 *
 * @throws {SandpodError} `connection-refused`, `transport`.
 * @throws {KubeError} if the server refuses.
 */
export async function connectByPortForward(client: KubeClient, place: PodPlace, options: ConnectOptions): Promise<PortForward> {
  const { port, waitMs = 0, abortSignal } = options;
  const untilMs = performance.now() + waitMs;
  for (;;) {
    const forward = await openPortForward(client, place, { port, abortSignal });
    try {
      await forward.accepted;
      return forward;
    } catch (error) {
      const isRefused = SandpodError.isInstance(error) && error.code === 'connection-refused';
      if (!isRefused || performance.now() >= untilMs) throw error;
      await delay(RETRY_MS, undefined, { signal: abortSignal }).catch(() => abortSignal?.throwIfAborted());
    }
  }
}

async function openPortForward(
  client: KubeClient,
  { namespace, pod }: PodPlace,
  { port, abortSignal }: Pick<ConnectOptions, 'port' | 'abortSignal'>,
): Promise<PortForward> {
  const call: KubeCall = { verb: 'get', group: '', version: 'v1', resource: 'pods', subresource: 'portforward', namespace, name: pod };
  const socket = await openWebSocket(client, { call, query: { ports: port }, protocols: [PROTOCOL], abortSignal });
  const forward = new PortForward(socket, port);
  const listener = abortSignal && addAbortListener(abortSignal, () => forward.destroy(abortSignal.reason));
  void forward.closed.then(() => listener?.[Symbol.dispose]());
  return forward;
}

/** One connection to one port. */
export class PortForward implements ByteDuplex {
  readonly canHalfClose = false;
  readonly readable: ReadableStream<Uint8Array>;
  readonly writable: WritableStream<Uint8Array>;
  readonly accepted: Promise<void>;
  readonly closed: Promise<void>;
  readonly #socket: WebSocket;
  readonly #port: number;
  readonly #accepted = Promise.withResolvers<void>();
  readonly #begun = new Set<number>();
  #readController!: ReadableStreamDefaultController<Uint8Array>;
  #writeController!: WritableStreamDefaultController;
  #isReadOver = false;
  #isWriteOver = false;

  constructor(socket: WebSocket, port: number) {
    this.#socket = socket;
    this.#port = port;
    this.readable = this.#createReadable();
    this.writable = this.#createWritable();
    this.accepted = this.#accepted.promise;
    this.accepted.catch(() => {});
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
    const timer = setTimeout(() => this.#accepted.resolve(), REFUSAL_MS);
    void this.closed.then(() => clearTimeout(timer));
    socket.on('message', (frame: Buffer) => this.#receive(frame));
    socket.on('error', (error) => this.#fail(broken(error.message)));
    socket.on('close', (code) => (code === CLOSED ? this.#end() : this.#fail(broken(`its connection ended with code ${code}`))));
    socket.resume();
  }

  async close(): Promise<void> {
    this.#end();
    this.#socket.terminate();
    await this.closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Ends the connection immediately. */
  destroy(error: unknown): void {
    this.#fail(error);
    this.#socket.terminate();
  }

  #receive(frame: Buffer): void {
    const [channel = CHANNEL.error] = frame;
    if (!this.#begun.has(channel)) {
      this.#begun.add(channel);
      return;
    }
    const bytes = frame.subarray(1);
    if (channel === CHANNEL.data) this.#deliver(bytes);
    else this.destroy(this.#reported(sanitizeTerminalText(bytes.toString('utf8', 0, MAX_REPORT_BYTES))));
  }

  #deliver(bytes: Buffer): void {
    this.#accepted.resolve();
    if (bytes.byteLength === 0 || this.#isReadOver) return;
    this.#readController.enqueue(bytes);
    if ((this.#readController.desiredSize ?? 1) <= 0) this.#socket.pause();
  }

  #reported(text: string): SandpodError {
    if (!text.includes('connection refused')) return broken(text);
    return new SandpodError({
      code: 'connection-refused',
      message: `Nothing in the pod accepts connections on port ${this.#port}.`,
      details: { port: this.#port },
    });
  }

  /** Ends both streams after the service or this side has closed the connection. */
  #end(): void {
    this.#accepted.resolve();
    if (!this.#isReadOver) this.#readController.close();
    this.#isReadOver = true;
    this.#failWritable(broken('it was closed'));
  }

  #fail(error: unknown): void {
    this.#accepted.reject(error);
    if (!this.#isReadOver) this.#readController.error(error);
    this.#isReadOver = true;
    this.#failWritable(error);
  }

  #failWritable(error: unknown): void {
    if (this.#isWriteOver) return;
    this.#isWriteOver = true;
    this.#writeController.error(error);
  }

  #createReadable(): ReadableStream<Uint8Array> {
    return new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#readController = controller;
        },
        pull: () => this.#socket.resume(),
        cancel: () => {
          this.#isReadOver = true;
          this.#socket.resume();
        },
      },
      { highWaterMark: WAITING_BYTES, size: (bytes) => bytes.byteLength },
    );
  }

  #createWritable(): WritableStream<Uint8Array> {
    return new WritableStream<Uint8Array>({
      start: (controller) => {
        this.#writeController = controller;
      },
      write: async (bytes) => {
        for (let offset = 0; offset < bytes.byteLength; offset += FRAME_BYTES)
          await this.#send(bytes.subarray(offset, offset + FRAME_BYTES));
      },
      close: () => {
        this.#isWriteOver = true;
        return this.close();
      },
      abort: () => {
        this.#isWriteOver = true;
        return this.close();
      },
    });
  }

  /** Sends bytes in a frame. Resolves when the connection has accepted the frame. */
  #send(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      const frame = Buffer.concat([Buffer.of(CHANNEL.data), bytes]);
      this.#socket.send(frame, (error) => (error ? reject(broken(error.message)) : resolve()));
    });
  }
}

function broken(why: string): SandpodError {
  return new SandpodError({ code: 'transport', message: `The forwarded connection was lost: ${why}.`, isRetryable: false });
}
