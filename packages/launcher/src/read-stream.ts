import { addAbortListener } from 'node:events';
import { type OutputChunk, type ReadFileOptions, SandpodError } from '@sandpod/core';
import { fileTooLarge } from '@sandpod/core/backend';
import type { Exchange } from './exchange.ts';
import type { Launcher } from './launcher.ts';
import { LauncherRefusal } from './launcher-failure.ts';
import { encodeItem } from './launcher-message.ts';
import { parseSize } from './parse-answer.ts';
import { toSandpodError } from './refusal-error.ts';

export interface ReadStreamOptions extends ReadFileOptions {
  readonly release: (exchange: Exchange) => void;
}

const WAITING_BYTES = 256 * 1024;

/**
 * Streams a file. The launcher first announces the size. If fewer bytes arrive, the stream fails. If the file grows during the read, the
 * stream contains only as many bytes as were announced.
 */
export async function readStream(launcher: Launcher, options: ReadStreamOptions): Promise<ReadableStream<Uint8Array>> {
  const reading = new FileReading(launcher, options);
  await reading.begin();
  return reading.stream;
}

class FileReading {
  readonly stream: ReadableStream<Uint8Array>;
  readonly #launcher: Launcher;
  readonly #options: ReadStreamOptions;
  readonly #exchange: Exchange;
  #controller!: ReadableStreamDefaultController<Uint8Array>;
  #hasRoom = Promise.withResolvers<void>();
  /** The size that the launcher announced, in bytes. 0 for files without a known size, for example devices. */
  #announced = 0;
  #received = 0;
  #isDone = false;

  constructor(launcher: Launcher, options: ReadStreamOptions) {
    this.#launcher = launcher;
    this.#options = options;
    this.stream = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller;
        },
        pull: () => this.#hasRoom.resolve(),
        cancel: () => this.#stop(),
      },
      { highWaterMark: WAITING_BYTES, size: (bytes) => bytes.byteLength },
    );
    this.#exchange = launcher.request('read', { items: encodeItem(options.path), sink: (chunk) => this.#take(chunk) });
  }

  async begin(): Promise<void> {
    const { abortSignal, path, maxBytes = Number.POSITIVE_INFINITY } = this.#options;
    const listener = abortSignal && addAbortListener(abortSignal, () => this.#fail(abortSignal.reason));
    const finished = this.#exchange.ended.then((status) => this.#finish(status)).catch((error: unknown) => this.#fail(error));
    void finished.finally(() => {
      listener?.[Symbol.dispose]();
      this.#options.release(this.#exchange);
    });
    try {
      this.#announced = parseSize(await this.#exchange.begun);
    } catch (error) {
      if (!(error instanceof LauncherRefusal)) this.#launcher.destroy(error);
      abortSignal?.throwIfAborted();
      throw error;
    }
    if (this.#announced > maxBytes) {
      const error = fileTooLarge(path, maxBytes);
      this.#fail(error);
      throw error;
    }
  }

  async #take({ stream, bytes }: OutputChunk): Promise<void> {
    if (this.#isDone || stream !== 'stdout') return;
    const { path, maxBytes = Number.POSITIVE_INFINITY } = this.#options;
    const wanted = this.#announced === 0 ? bytes : bytes.subarray(0, this.#announced - this.#received);
    this.#received += wanted.byteLength;
    if (this.#received > maxBytes) {
      this.#fail(fileTooLarge(path, maxBytes));
      return;
    }
    if (wanted.byteLength > 0) this.#controller.enqueue(wanted);
    while (!this.#isDone && (this.#controller.desiredSize ?? 0) <= 0) {
      this.#hasRoom = Promise.withResolvers<void>();
      await this.#hasRoom.promise;
    }
  }

  #finish(status: string): void {
    if (this.#isDone) return;
    if (status !== '0' || this.#received < this.#announced) {
      const message = `Reading ${JSON.stringify(this.#options.path)} ended after ${this.#received} of ${this.#announced} bytes.`;
      this.#fail(new SandpodError({ code: 'transport', message }));
      return;
    }
    this.#isDone = true;
    this.#controller.close();
  }

  #fail(error: unknown): void {
    if (this.#isDone) return;
    this.#controller.error(toSandpodError(error, { path: this.#options.path }));
    this.#stop();
  }

  /** Discards the remaining bytes. If the launcher has nothing more to send, it stays usable. */
  #stop(): void {
    this.#isDone = true;
    this.#hasRoom.resolve();
    void this.#abandon();
  }

  async #abandon(): Promise<void> {
    const timer = setTimeout(() => this.#launcher.destroy(new Error('The read was abandoned.')), 50);
    await this.#exchange.idle.catch(() => {});
    clearTimeout(timer);
  }
}
