import type { Writable } from 'node:stream';

/** One of the command's own output streams, written with backpressure; a reader that goes away is told once. */
export class OutputSink {
  readonly isTerminal: boolean;
  readonly #stream: Writable;
  readonly #listeners = new Set<() => void>();
  #failure: NodeJS.ErrnoException | undefined;

  constructor(stream: Writable & { readonly isTTY?: boolean }, onFailure: (error: NodeJS.ErrnoException) => void) {
    this.#stream = stream;
    this.isTerminal = stream.isTTY === true;
    const fail = (error: NodeJS.ErrnoException): void => {
      if (this.#failure) return;
      this.#failure = error;
      onFailure(error);
      this.#wake();
    };
    stream.on('error', fail);
    stream.on('drain', () => this.#wake());
  }

  /** Why nothing more can be written; `EPIPE` when the reader has gone. */
  get failure(): NodeJS.ErrnoException | undefined {
    return this.#failure;
  }

  /** Resolves when there is room for more, when the stream has failed, or when `abortSignal` fires. */
  async write(text: string, abortSignal?: AbortSignal): Promise<void> {
    if (this.#failure || text === '') return;
    if (this.#stream.write(text) || abortSignal?.aborted) return;
    await this.#waitForRoom(abortSignal);
  }

  /** Resolves when everything has been handed to the system, when the stream has failed, or after `limitMs`. */
  async flush(limitMs?: number): Promise<void> {
    if (this.#failure) return;
    const limit = limitMs === undefined ? undefined : AbortSignal.timeout(limitMs);
    const written = new Promise<void>((resolve) => void this.#stream.write('', () => resolve()));
    await Promise.race([written, this.#waitForRoom(limit, { untilFailure: true })]);
  }

  #waitForRoom(abortSignal: AbortSignal | undefined, options: { readonly untilFailure?: boolean } = {}): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        if (options.untilFailure && !this.#failure && !abortSignal?.aborted) return;
        this.#listeners.delete(done);
        abortSignal?.removeEventListener('abort', done);
        resolve();
      };
      this.#listeners.add(done);
      abortSignal?.addEventListener('abort', done);
    });
  }

  #wake(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
