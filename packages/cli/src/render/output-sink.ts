import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

export interface OutputSinkOptions {
  /** Hears once that nothing more can be written, for example because the reader has gone. */
  readonly onFailure: (error: NodeJS.ErrnoException) => void;
  /** Once this has fired, nothing waits for a slow reader any more. */
  readonly abortSignal: AbortSignal;
}

/** One of the command's own output streams, written with backpressure. */
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
    abortSignal.addEventListener('abort', () => this.#wake(), { once: true });
  }

  /** Why nothing more can be written; `EPIPE` when the reader has gone. */
  get failure(): NodeJS.ErrnoException | undefined {
    return this.#failure;
  }

  /** Resolves when there is room for more, when the stream has failed, or when the command is aborted. */
  async write(text: string): Promise<void> {
    if (this.#failure || text === '') return;
    if (this.#stream.write(text) || this.#abortSignal.aborted) return;
    await new Promise<void>((resolve) => this.#waiting.add(resolve));
  }

  /** Resolves when everything has been handed to the system, when the stream has failed, or `lastWordsMs` after the abort. */
  async flush(lastWordsMs: number): Promise<void> {
    if (this.#failure) return;
    const written = new Promise<void>((resolve) => void this.#stream.write('', () => resolve()));
    await Promise.race([written, this.#failed.promise, this.#abortedFor(lastWordsMs)]);
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
