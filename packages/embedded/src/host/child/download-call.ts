import { WINDOW_BYTES } from '../protocol/window.ts';
import type { ChildCall, ChildReply } from './child-call.ts';

export interface DownloadOptions {
  readonly reply: ChildReply;
  /** Returns the next bytes, or undefined at the end. */
  readonly next: () => Uint8Array | undefined;
  readonly close: () => void;
}

/** Sends bytes in chunks, up to the limit of the parent's window. */
export class DownloadCall implements ChildCall {
  readonly #options: DownloadOptions;
  #credit = WINDOW_BYTES;
  #isOver = false;

  constructor(options: DownloadOptions) {
    this.#options = options;
  }

  begin(): void {
    this.#options.reply.started();
    this.#pump();
  }

  grant(bytes: number): void {
    this.#credit += bytes;
    this.#pump();
  }

  cancel(): void {
    this.#finish();
  }

  #pump(): void {
    while (!this.#isOver && this.#credit > 0) {
      const bytes = this.#options.next();
      if (!bytes) {
        this.#finish();
        return;
      }
      this.#credit -= bytes.length;
      this.#options.reply.data(bytes);
    }
  }

  #finish(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#options.close();
    this.#options.reply.result({});
  }
}
