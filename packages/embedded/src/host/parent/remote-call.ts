import { ERROR_CODES, type ErrorCode, SandpodError } from '@sandpod/core';
import type { ToChild } from '../protocol/messages.ts';
import { CHUNK_BYTES, GRANT_BYTES } from '../protocol/window.ts';
import type { IncomingMessage } from './incoming-messages.ts';

/** A window, what was in the child's ring at the end, and one chunk over. */
const MAXIMUM_WAITING_BYTES = 4 * 1024 * 1024;

export interface DataChunk {
  readonly stream: 'stdout' | 'stderr' | undefined;
  readonly bytes: Uint8Array;
}

export interface RemoteCallOptions {
  readonly id: number;
  /** Bytes that may be sent before the child grants more. */
  readonly sendWindow: number;
  readonly send: (header: ToChild, payload?: Uint8Array) => void;
}

/** One call to the child process: its bytes both ways and its end. */
export class RemoteCall {
  /** True when the child has begun; false when it answered at once. Rejects when it refused. */
  readonly started: Promise<boolean>;
  readonly result: Promise<unknown>;
  private readonly _options: RemoteCallOptions;
  private readonly _started = Promise.withResolvers<boolean>();
  private readonly _result = Promise.withResolvers<unknown>();
  private readonly _chunks: DataChunk[] = [];
  private _isOver = false;
  private _sendCredit: number;
  private _taken = 0;
  private _waiting = 0;
  private _changed = Promise.withResolvers<void>();

  constructor(options: RemoteCallOptions) {
    this._options = options;
    this._sendCredit = options.sendWindow;
    this.started = this._started.promise;
    this.result = this._result.promise;
    this.started.catch(() => {});
    this.result.catch(() => {});
  }

  get isOver(): boolean {
    return this._isOver;
  }

  /** The next bytes from the child; undefined after the last. */
  async next(): Promise<DataChunk | undefined> {
    for (;;) {
      const chunk = this._chunks.shift();
      if (chunk) {
        this._waiting -= chunk.bytes.length;
        this._grant(chunk.bytes.length);
        return chunk;
      }
      if (this._isOver) return undefined;
      await this._changed.promise;
    }
  }

  /** Sends bytes as the child has room for them. False when the call ended before it took them all. */
  async write(bytes: Uint8Array): Promise<boolean> {
    for (let done = 0; done < bytes.length; ) {
      while (!this._isOver && this._sendCredit <= 0) await this._changed.promise;
      if (this._isOver) return false;
      const part = bytes.subarray(done, done + Math.min(CHUNK_BYTES, this._sendCredit));
      this._sendCredit -= part.length;
      done += part.length;
      this._options.send({ type: 'data', id: this._options.id }, part);
    }
    return !this._isOver;
  }

  end(): void {
    if (!this._isOver) this._options.send({ type: 'end', id: this._options.id });
  }

  cancel(): void {
    if (!this._isOver) this._options.send({ type: 'cancel', id: this._options.id });
  }

  /** Takes a message of the child; true when it ends the call. */
  receive(message: Exclude<IncomingMessage, { type: 'ready' }>, payload: Uint8Array): boolean {
    if (message.type === 'started') this._started.resolve(true);
    else if (message.type === 'data') this._accept({ stream: message.stream, bytes: payload });
    else if (message.type === 'credit') this._sendCredit += message.bytes;
    else if (message.type === 'result') this._settle(() => this._result.resolve(message.value));
    else this.fail(errorOf(message));
    this._wake();
    return this._isOver;
  }

  fail(error: Error): void {
    this._started.reject(error);
    this._settle(() => this._result.reject(error));
    this._wake();
  }

  private _accept(chunk: DataChunk): void {
    this._waiting += chunk.bytes.length;
    if (this._waiting > MAXIMUM_WAITING_BYTES) throw new Error('more data than was granted');
    this._chunks.push(chunk);
  }

  private _settle(settle: () => void): void {
    this._isOver = true;
    settle();
    this._started.resolve(false);
  }

  private _wake(): void {
    this._changed.resolve();
    this._changed = Promise.withResolvers<void>();
  }

  private _grant(bytes: number): void {
    this._taken += bytes;
    if (this._isOver || this._taken < GRANT_BYTES) return;
    this._options.send({ type: 'credit', id: this._options.id, bytes: this._taken });
    this._taken = 0;
  }
}

function errorOf(failure: { readonly code: string; readonly message: string }): SandpodError {
  const code = failure.code in ERROR_CODES ? (failure.code as ErrorCode) : 'transport';
  return new SandpodError({ code, message: failure.message });
}
