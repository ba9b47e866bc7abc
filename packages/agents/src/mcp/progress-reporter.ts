import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerContext } from '@modelcontextprotocol/server';

/** Milliseconds between two messages, so that a flood of output does not become a flood of messages. */
const GAP_MS = 100;
/** Milliseconds between messages while a call prints nothing. Some clients give up on a server that sends nothing. */
const HEARTBEAT_MS = 5_000;
const MAX_CHARACTERS = 1_000;

/** Reports the progress of a call if the client requested it: the start of the sandbox, the output, and a regular heartbeat. */
export class ProgressReporter implements Disposable {
  readonly #context: ServerContext;
  readonly #token: string | number | undefined;
  readonly #startMs = performance.now();
  readonly #heartbeat: NodeJS.Timeout | undefined;
  #pending = '';
  #progress = 0;
  #isBusy = false;
  #isOver = false;

  constructor(context: ServerContext) {
    this.#context = context;
    this.#token = context.mcpReq._meta?.progressToken;
    if (this.#token === undefined) return;
    this.#heartbeat = setInterval(() => this.report(`${this.#seconds()} s`), HEARTBEAT_MS);
    this.#heartbeat.unref();
  }

  /** Returns true if the client requested progress. */
  get isWanted(): boolean {
    return this.#token !== undefined;
  }

  /** Sends a message, which replaces any message that has not been sent yet. */
  report(message: string): void {
    this.#pending = message;
    void this.#send();
  }

  /** Sends output. Appends it to any message that has not been sent yet, and keeps only the last characters. */
  addOutput(text: string): void {
    this.#pending = (this.#pending + text).slice(-MAX_CHARACTERS);
    void this.#send();
  }

  /** Stops all messages, because no message may follow the response to the call. */
  [Symbol.dispose](): void {
    this.#isOver = true;
    clearInterval(this.#heartbeat);
  }

  #seconds(): number {
    return Math.round((performance.now() - this.#startMs) / 1_000);
  }

  async #send(): Promise<void> {
    if (this.#token === undefined || this.#isBusy) return;
    this.#isBusy = true;
    while (this.#pending !== '' && !this.#isOver) {
      const message = this.#pending.toWellFormed();
      this.#pending = '';
      await this.#notify(message);
      await sleep(GAP_MS, undefined, { ref: false });
    }
    this.#isBusy = false;
  }

  /** Sends a message and ignores errors. If the client is gone, its signal aborts the call. */
  async #notify(message: string): Promise<void> {
    this.#progress += 1;
    const params = { progressToken: this.#token, progress: this.#progress, message };
    await this.#context.mcpReq.notify({ method: 'notifications/progress', params }).catch(() => {});
  }
}
