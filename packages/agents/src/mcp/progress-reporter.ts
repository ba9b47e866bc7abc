import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerContext } from '@modelcontextprotocol/server';

/** Time between two messages, so that a flood of output does not become a flood of messages. */
const GAP_MS = 100;
/** A sign of life for clients that give up on a silent server. */
const HEARTBEAT_MS = 5_000;
const MAX_CHARACTERS = 1_000;

/** Tells a client that asked for it how its call gets on: what happens at the start, the output, and that it still runs. */
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
    this.#heartbeat = setInterval(() => this.tell(`${this.#seconds()} s`), HEARTBEAT_MS);
    this.#heartbeat.unref();
  }

  /** Replaces what was not sent yet. */
  tell(message: string): void {
    this.#pending = message;
    void this.#send();
  }

  /** Adds to what was not sent yet; the latest characters win. */
  addOutput(text: string): void {
    this.#pending = (this.#pending + text).slice(-MAX_CHARACTERS);
    void this.#send();
  }

  /** Nothing may follow the answer of the call. */
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

  /** A client that has gone is told nothing; the call ends by its own signal. */
  async #notify(message: string): Promise<void> {
    this.#progress += 1;
    const params = { progressToken: this.#token, progress: this.#progress, message };
    await this.#context.mcpReq.notify({ method: 'notifications/progress', params }).catch(() => {});
  }
}
