import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { type OutputChunk, SandpodError } from '@sandpod/core';
import type { ExecChannel, ExecOpenOptions, ExecTransport } from '@sandpod/launcher';
import type Docker from 'dockerode';
import { toSandpodError } from './docker-error.ts';
import { FrameDemultiplexer } from './frame-demultiplexer.ts';

/** Bytes that are buffered for the reader before the socket is paused. */
const WAITING_BYTES = 1024 * 1024;
/**
 * Pauses in milliseconds before each read of a program's exit code. For a moment after the stream has ended, the daemon may report that the
 * program is still running.
 */
const STATUS_PAUSES_MS = [0, 5, 20, 50, 100, 200, 500, 1_000] as const;

export interface DockerExecTransportOptions {
  /** The user that runs the programs. */
  readonly user: string;
  /** Variables, as `NAME=value`, that override the container's variables with the same names. */
  readonly env?: readonly string[] | undefined;
}

/** Executes programs in one container, as one user. */
export class DockerExecTransport implements ExecTransport {
  readonly halfClose = true;
  readonly #container: Docker.Container;
  readonly #options: DockerExecTransportOptions;

  constructor(container: Docker.Container, options: DockerExecTransportOptions) {
    this.#container = container;
    this.#options = options;
  }

  async open(argv: readonly string[], options: ExecOpenOptions = {}): Promise<ExecChannel> {
    const { abortSignal } = options;
    abortSignal?.throwIfAborted();
    try {
      const exec = await this.#container.exec({
        Cmd: [...argv],
        AttachStdin: true,
        AttachStdout: true,
        AttachStderr: true,
        User: this.#options.user,
        ...(this.#options.env && { Env: [...this.#options.env] }),
        Tty: false,
      });
      // Without an upgraded connection (`hijack`), closing the input would also end the output.
      const socket = await exec.start({ hijack: true, stdin: true, Tty: false });
      if (abortSignal?.aborted) {
        socket.destroy();
        throw abortSignal.reason;
      }
      return new SocketChannel(socket, exec);
    } catch (error) {
      abortSignal?.throwIfAborted();
      throw toSandpodError(error, 'start a program in the container', 'transport');
    }
  }
}

class SocketChannel implements ExecChannel {
  readonly stdin: WritableStream<Uint8Array>;
  readonly output: ReadableStream<OutputChunk>;
  readonly exit: Promise<{ readonly exitCode: number }>;
  readonly #socket: Duplex;

  constructor(socket: Duplex, exec: Docker.Exec) {
    this.#socket = socket;
    const ended = Promise.withResolvers<void>();
    this.stdin = createInput(socket);
    this.output = createOutput(socket, ended);
    this.exit = ended.promise.then(() => readStatus(exec));
    this.exit.catch(() => {});
  }

  destroy(reason?: unknown): void {
    this.#socket.destroy(reason instanceof Error ? reason : undefined);
  }
}

function createInput(socket: Duplex): WritableStream<Uint8Array> {
  return new WritableStream<Uint8Array>({
    write: (bytes) =>
      new Promise((resolve, reject) => {
        socket.write(bytes, (error) => (error ? reject(error) : resolve()));
      }),
    close: () =>
      new Promise((resolve) => {
        socket.end(() => resolve());
      }),
  });
}

function createOutput(socket: Duplex, ended: PromiseWithResolvers<void>): ReadableStream<OutputChunk> {
  const demultiplexer = new FrameDemultiplexer();
  return new ReadableStream<OutputChunk>(
    {
      start(controller) {
        const fail = (error: unknown): void => {
          ended.reject(lost(error));
          controller.error(lost(error));
        };
        socket.on('data', (data: Buffer) => {
          if (socket.destroyed) return;
          try {
            for (const chunk of demultiplexer.push(data)) controller.enqueue(chunk);
          } catch (error) {
            socket.destroy();
            fail(error);
          }
          if ((controller.desiredSize ?? 1) <= 0) socket.pause();
        });
        socket.on('end', () => {
          ended.resolve();
          if (!socket.destroyed) controller.close();
        });
        socket.on('error', fail);
        socket.on('close', () => {
          if (!socket.readableEnded) fail(new Error('the connection was closed'));
        });
      },
      pull: () => {
        socket.resume();
      },
      cancel: () => {
        socket.destroy();
      },
    },
    { highWaterMark: WAITING_BYTES, size: ({ bytes }) => bytes.byteLength },
  );
}

async function readStatus(exec: Docker.Exec): Promise<{ readonly exitCode: number }> {
  for (const waitMs of STATUS_PAUSES_MS) {
    await pause(waitMs);
    const { Running, ExitCode } = await exec.inspect();
    if (!Running && ExitCode !== null) return { exitCode: ExitCode };
  }
  throw lost(new Error('the daemon did not report how the program ended'));
}

function lost(error: unknown): SandpodError {
  const why = error instanceof Error ? error.message : String(error);
  return new SandpodError({ code: 'transport', message: `The connection to a program in the container was lost: ${why}.`, cause: error });
}
