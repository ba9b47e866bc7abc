import { addAbortListener, once } from 'node:events';
import type { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

export interface OutputSinkOptions {
  /** Called once if no more output can be written, for example because the reader closed the pipe. */
  readonly onFailure: (error: NodeJS.ErrnoException) => void;
  /** After this signal aborts, writes no longer wait for a slow reader. */
  readonly abortSignal: AbortSignal;
}

/** An output stream of the command, with backpressure. */
export class OutputSink {
  readonly isTerminal: boolean;
  readonly #stream: Writable;
  readonly #abortSignal: AbortSignal;
  readonly #waiting = new Set<() => void>();
  readonly #failed = Promise.withResolvers<void>();
  #failure: NodeJS.ErrnoException | undefined;

  constructor(stream: Writable & { readonly isTTY?: boolean }, { onFailure, abortSignal }: OutputSinkOptions) {
    this.#stream = stream;
    this.#abortSignal = abortSignal;
    this.isTerminal = stream.isTTY === true;
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (this.#failure) return;
      this.#failure = error;
      onFailure(error);
      this.#failed.resolve();
      this.#wake();
    });
    stream.on('drain', () => this.#wake());
    addAbortListener(abortSignal, () => this.#wake());
  }

  /** Returns the error that prevents further writes. Its code is `EPIPE` if the reader closed the pipe. */
  get failure(): NodeJS.ErrnoException | undefined {
    return this.#failure;
  }

  /** Writes text. Resolves when the stream accepts more text, when the stream has failed, or when the command is aborted. */
  async write(text: string): Promise<void> {
    if (this.#failure || text === '') return;
    if (this.#stream.write(text) || this.#abortSignal.aborted) return;
    await new Promise<void>((resolve) => this.#waiting.add(resolve));
  }

  /**
   * Resolves when everything has been written to the operating system, when the stream has failed, or `flushTimeoutMs` milliseconds after
   * the abort.
   */
  async flush(flushTimeoutMs: number): Promise<void> {
    if (this.#failure) return;
    const written = new Promise<void>((resolve) => void this.#stream.write('', () => resolve()));
    await Promise.race([written, this.#failed.promise, this.#abortedFor(flushTimeoutMs)]);
  }

  async #abortedFor(durationMs: number): Promise<void> {
    if (!this.#abortSignal.aborted) await once(this.#abortSignal, 'abort');
    await sleep(durationMs);
  }

  #wake(): void {
    for (const resume of this.#waiting) resume();
    this.#waiting.clear();
  }
}
