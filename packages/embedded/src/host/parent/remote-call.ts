import { ERROR_CODES, type ErrorCode, SandpodError } from '@sandpod/core';
import type { ToChild } from '../protocol/messages.ts';
import { CHUNK_BYTES, GRANT_BYTES } from '../protocol/window.ts';
import type { IncomingMessage } from './incoming-messages.ts';

/** Enough for a full window, one chunk, and the bytes that remain in the child's ring at the end. */
const MAXIMUM_WAITING_BYTES = 4 * 1024 * 1024;

export interface DataChunk {
  readonly stream: 'stdout' | 'stderr' | undefined;
  readonly bytes: Uint8Array;
}

export interface RemoteCallOptions {
  readonly id: number;
  /** The number of bytes that may be sent before the child grants more. */
  readonly sendWindow: number;
  readonly send: (header: ToChild, payload?: Uint8Array) => void;
}

/** A call to the child process, with its bytes in both directions and its result. */
export class RemoteCall {
  /**
   * Resolves to true once the child has started the call, or to false if the child answered immediately. Rejects if the child refused the
   * call.
   */
  readonly started: Promise<boolean>;
  readonly result: Promise<unknown>;
  readonly #options: RemoteCallOptions;
  readonly #started = Promise.withResolvers<boolean>();
  readonly #result = Promise.withResolvers<unknown>();
  readonly #chunks: DataChunk[] = [];
  #isOver = false;
  #sendCredit: number;
  #taken = 0;
  #waiting = 0;
  #changed = Promise.withResolvers<void>();

  constructor(options: RemoteCallOptions) {
    this.#options = options;
    this.#sendCredit = options.sendWindow;
    this.started = this.#started.promise;
    this.result = this.#result.promise;
    this.started.catch(() => {});
    this.result.catch(() => {});
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Returns the next bytes from the child, or undefined if there are no more. */
  async next(): Promise<DataChunk | undefined> {
    for (;;) {
      const chunk = this.#chunks.shift();
      if (chunk) {
        this.#waiting -= chunk.bytes.length;
        this.#grant(chunk.bytes.length);
        return chunk;
      }
      if (this.#isOver) return undefined;
      await this.#changed.promise;
    }
  }

  /** Sends bytes within the limit of the child's window. Returns false if the call ended before it accepted all of them. */
  async write(bytes: Uint8Array): Promise<boolean> {
    for (let done = 0; done < bytes.length; ) {
      while (!this.#isOver && this.#sendCredit <= 0) await this.#changed.promise;
      if (this.#isOver) return false;
      const part = bytes.subarray(done, done + Math.min(CHUNK_BYTES, this.#sendCredit));
      this.#sendCredit -= part.length;
      done += part.length;
      this.#options.send({ type: 'data', id: this.#options.id }, part);
    }
    return !this.#isOver;
  }

  end(): void {
    if (!this.#isOver) this.#options.send({ type: 'end', id: this.#options.id });
  }

  cancel(): void {
    if (!this.#isOver) this.#options.send({ type: 'cancel', id: this.#options.id });
  }

  /** Handles a message from the child. Returns true if it ends the call. */
  receive(message: Exclude<IncomingMessage, { type: 'ready' }>, payload: Uint8Array): boolean {
    if (message.type === 'started') this.#started.resolve(true);
    else if (message.type === 'data') this.#accept({ stream: message.stream, bytes: payload });
    else if (message.type === 'credit') this.#sendCredit += message.bytes;
    else if (message.type === 'result') this.#settle(() => this.#result.resolve(message.value));
    else this.fail(errorOf(message));
    this.#wake();
    return this.#isOver;
  }

  fail(error: Error): void {
    this.#started.reject(error);
    this.#settle(() => this.#result.reject(error));
    this.#wake();
  }

  #accept(chunk: DataChunk): void {
    // Empty chunks would use memory, but would not count toward the window.
    if (chunk.bytes.length === 0) return;
    this.#waiting += chunk.bytes.length;
    if (this.#waiting > MAXIMUM_WAITING_BYTES) throw new Error('more data than was granted');
    this.#chunks.push(chunk);
  }

  #settle(settle: () => void): void {
    this.#isOver = true;
    settle();
    this.#started.resolve(false);
  }

  #wake(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers<void>();
  }

  #grant(bytes: number): void {
    this.#taken += bytes;
    if (this.#isOver || this.#taken < GRANT_BYTES) return;
    this.#options.send({ type: 'credit', id: this.#options.id, bytes: this.#taken });
    this.#taken = 0;
  }
}

function errorOf(failure: { readonly code: string; readonly message: string }): SandpodError {
  const code = Object.hasOwn(ERROR_CODES, failure.code) ? (failure.code as ErrorCode) : 'transport';
  return new SandpodError({ code, message: failure.message });
}
