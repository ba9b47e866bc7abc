import { type OutputChunk, SandpodError } from '@sandpod/core';
import type { ExecChannel } from '@sandpod/launcher';

import type { WebSocket } from 'ws';
import { readExecStatus } from './exec-status.ts';
import type { KubeClient } from './kube-client.ts';
import type { KubeCall } from './kube-error.ts';
import { openWebSocket } from './open-web-socket.ts';
import { retry } from './retry.ts';

/** The numbers of the channels. The first byte of every frame is such a number. Source: the remote-command protocol `v5.channel.k8s.io`. */
const CHANNEL = { stdin: 0, stdout: 1, stderr: 2, status: 3, resize: 4, close: 255 } as const;
const PROTOCOLS = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];

/** Bytes that may wait for the reader before the socket is paused. */
const WAITING_BYTES = 1024 * 1024;
/** Maximum number of bytes of input in a frame. A frame of tens of MiB would cause the connection to be reset. */
const FRAME_BYTES = 256 * 1024;
/**
 * An empty data frame on a channel that no server reads. Pings would not suffice, because some proxies ignore them. The usual choice is a
 * frame that resizes the terminal, but it blocks the input of a program without a terminal forever (seen with Kubernetes 1.34).
 */
const KEEP_ALIVE_FRAME = Buffer.of(CHANNEL.stdout);

export interface ExecOptions {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly argv: readonly string[];
  readonly abortSignal?: AbortSignal | undefined;
}

/**
 * Starts a program in a container. The channel has back pressure in both directions and, if the server supports it, half-close. The exit
 * status is never guessed.
 */
export async function openExecChannel(client: KubeClient, options: ExecOptions): Promise<ExecChannel & { readonly canHalfClose: boolean }> {
  const { namespace, pod, container, argv, abortSignal } = options;
  const call: KubeCall = { verb: 'get', group: '', version: 'v1', resource: 'pods', subresource: 'exec', namespace, name: pod };
  const query = { container, command: argv, stdin: true, stdout: true, stderr: true };
  const { renew } = client.settings;
  const socket = await retry({ call, abortSignal, renew }, () => openWebSocket(client, { call, query, protocols: PROTOCOLS, abortSignal }));
  return new SocketChannel(socket, { pod, keepAliveMs: client.keepAliveMs });
}

class SocketChannel implements ExecChannel {
  readonly canHalfClose: boolean;
  readonly output: ReadableStream<OutputChunk>;
  readonly stdin: WritableStream<Uint8Array>;
  readonly exit: Promise<{ readonly exitCode: number }>;
  readonly #socket: WebSocket;
  readonly #pod: string;
  readonly #exit = Promise.withResolvers<{ readonly exitCode: number }>();
  #output: ReadableStreamDefaultController<OutputChunk> | undefined;
  #isEnded = false;

  constructor(socket: WebSocket, { pod, keepAliveMs }: { readonly pod: string; readonly keepAliveMs: number }) {
    this.#socket = socket;
    this.#pod = pod;
    this.canHalfClose = socket.protocol === PROTOCOLS[0];
    this.exit = this.#exit.promise;
    this.exit.catch(() => {});
    this.output = this.#createOutput();
    this.stdin = this.#createInput();
    const keepAlive = setInterval(() => socket.send(KEEP_ALIVE_FRAME, () => {}), keepAliveMs);
    keepAlive.unref();
    socket.on('message', (data: Buffer) => this.#receive(data));
    socket.on('error', (error) => this.#endAsLost(this.#lost(error.message, error)));
    socket.on('close', (code, reason) => {
      clearInterval(keepAlive);
      this.#endAsLost(this.#lost(`it was closed with code ${code} ${reason.toString('utf8').slice(0, 200)}`.trim()));
    });
  }

  destroy(reason: unknown = this.#lost('it was closed by this side')): void {
    this.#end(reason instanceof Error ? reason : new Error(String(reason)));
    this.#socket.terminate();
  }

  #receive(data: Buffer): void {
    const [channel] = data;
    const bytes = data.subarray(1);
    if (channel === CHANNEL.stdout || channel === CHANNEL.stderr) this.#deliver(channel === CHANNEL.stdout ? 'stdout' : 'stderr', bytes);
    if (channel === CHANNEL.status) this.#finish(bytes);
  }

  #deliver(stream: OutputChunk['stream'], bytes: Buffer): void {
    if (bytes.byteLength === 0 || this.#isEnded) return;
    this.#output?.enqueue({ stream, bytes });
    if ((this.#output?.desiredSize ?? 1) <= 0) this.#socket.pause();
  }

  #finish(status: Buffer): void {
    try {
      this.#exit.resolve({ exitCode: readExecStatus(status) });
      this.#end();
      this.#socket.close();
    } catch (error) {
      this.destroy(error);
    }
  }

  #end(error?: Error): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    if (error !== undefined) this.#exit.reject(error);
    if (error === undefined) this.#output?.close();
    else this.#output?.error(error);
  }

  /** Ends the channel after its connection broke. The output that had arrived is delivered, and only `exit` rejects. */
  #endAsLost(error: Error): void {
    if (this.#isEnded) return;
    this.#exit.reject(error);
    this.#end();
  }

  #createOutput(): ReadableStream<OutputChunk> {
    return new ReadableStream<OutputChunk>(
      {
        start: (controller) => {
          this.#output = controller;
        },
        pull: () => this.#socket.resume(),
        cancel: () => this.destroy(this.#lost('its output was cancelled')),
      },
      { highWaterMark: WAITING_BYTES, size: ({ bytes }) => bytes.byteLength },
    );
  }

  #createInput(): WritableStream<Uint8Array> {
    return new WritableStream<Uint8Array>({
      write: async (bytes) => {
        for (let offset = 0; offset < bytes.byteLength; offset += FRAME_BYTES) {
          await this.#send(Buffer.concat([Buffer.of(CHANNEL.stdin), bytes.subarray(offset, offset + FRAME_BYTES)]));
        }
      },
      close: async () => {
        if (this.canHalfClose) await this.#send(Buffer.of(CHANNEL.close, CHANNEL.stdin));
      },
    });
  }

  /** Sends a frame. Resolves when the connection has accepted the frame. */
  #send(frame: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.send(frame, (error) => (error ? reject(this.#lost(error.message, error)) : resolve()));
    });
  }

  #lost(why: string, cause?: unknown): SandpodError {
    return new SandpodError({ code: 'transport', message: `The connection to a program in pod ${this.#pod} was lost: ${why}.`, cause });
  }
}
