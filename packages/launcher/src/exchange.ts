import { randomBytes } from 'node:crypto';
import type { OutputChunk } from '@sandpod/core';
import { LauncherRefusal } from './launcher-failure.ts';
import { MarkerScanner } from './marker-scanner.ts';

export type OutputSink = (chunk: OutputChunk) => void | Promise<void>;

/** Matches the result of a program that a signal ended: shells report 128 plus the number of the signal. */
const KILLED = /^(?:129|1[3-9]\d|2\d\d) /;

type Phase = 'before' | 'inside' | 'after';

/**
 * A request to a launcher and its response. On both streams, the response is between an opening line and a closing line, which contain a
 * nonce from the request. All other bytes belong to other requests and are discarded.
 *
 * Without a closing line, a response that lost its last bytes would look complete. See kubernetes issue 124571.
 */
export class Exchange {
  /** Begins with a control byte, so that ordinary output is never held back as a possible marker. */
  readonly nonce: string = `\u001e${randomBytes(16).toString('hex')}`;
  readonly #begun = Promise.withResolvers<string>();
  readonly #ended = Promise.withResolvers<string>();
  readonly #idle = Promise.withResolvers<void>();
  readonly #scanners = { stdout: new MarkerScanner(this.nonce), stderr: new MarkerScanner(this.nonce) };
  readonly #phases: Record<OutputChunk['stream'], Phase> = { stdout: 'before', stderr: 'before' };
  readonly #sink: OutputSink | undefined;
  #result = '';
  /** The number of streams with an opening line. */
  #opened = 0;
  #report: string | undefined;

  constructor(sink?: OutputSink) {
    this.#sink = sink;
    for (const promise of [this.begun, this.ended, this.idle]) promise.catch(() => {});
  }

  /** Resolves with the content of the opening line. Rejects with {@link LauncherRefusal}, or with the reason why the channel ended. */
  get begun(): Promise<string> {
    return this.#begun.promise;
  }

  /** Resolves with the content of the closing line when both streams are complete. */
  get ended(): Promise<string> {
    return this.#ended.promise;
  }

  /** Resolves when the launcher is ready for the next request. Rejects if it accepts no more requests. */
  get idle(): Promise<void> {
    return this.#idle.promise;
  }

  /** Returns the launcher's report about itself when it became idle or ended normally. Undefined before that. */
  get report(): string | undefined {
    return this.#report;
  }

  async receive(chunk: OutputChunk): Promise<void> {
    for (const piece of this.#scanners[chunk.stream].push(chunk.bytes)) {
      if ('line' in piece) this.#update(chunk.stream, piece.line);
      else if (this.#phases[chunk.stream] === 'inside') await this.#sink?.({ stream: chunk.stream, bytes: piece.data });
    }
  }

  fail(error: unknown): void {
    for (const outcome of [this.#begun, this.#ended, this.#idle]) outcome.reject(error);
  }

  /** Handles a line from the launcher. @throws {Error} if the launcher must not send this line at this point. */
  #update(stream: OutputChunk['stream'], line: string): void {
    const payload = line.slice(1);
    const kind = line[0];
    if (kind === '+' && this.#phases[stream] === 'before') this.#open(stream, payload);
    else if (kind === '-' && this.#phases[stream] !== 'after') this.#close(stream, payload);
    else if (kind === '!' && stream === 'stderr') this.#refuse(payload);
    else if ((kind === '~' || kind === '.') && stream === 'stderr') this.#rest(kind, payload);
    else throw new Error('The launcher answered out of order.');
  }

  #rest(kind: '~' | '.', payload: string): void {
    this.#report ??= payload;
    if (kind === '~') this.#idle.resolve();
    else this.#idle.reject(new Error('The launcher accepts no further requests, and waits until the client hangs up.'));
  }

  #open(stream: OutputChunk['stream'], payload: string): void {
    this.#phases[stream] = 'inside';
    this.#opened += 1;
    this.#begun.resolve(payload);
  }

  /**
   * Handles a closing line. A closing line without an opening line never means that a program has ended, unless a signal can have ended it
   * between its two opening lines. The cause may still arrive on the other stream, so nothing is decided until both streams have their
   * closing lines.
   */
  #close(stream: OutputChunk['stream'], payload: string): void {
    if (stream === 'stderr') this.#result = payload;
    this.#phases[stream] = 'after';
    if (this.#phases.stdout !== 'after' || this.#phases.stderr !== 'after') return;
    const hasBegun = this.#opened === 2 || (this.#opened === 1 && KILLED.test(this.#result));
    if (hasBegun) this.#ended.resolve(this.#result);
    else this.#refuse('start');
  }

  #refuse(payload: string): void {
    const refusal = new LauncherRefusal(payload);
    this.#begun.reject(refusal);
    this.#ended.reject(refusal);
  }
}
