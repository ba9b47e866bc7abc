import { WINDOW_BYTES } from '../protocol/window.ts';
import type { ChildCall, ChildReply } from './child-call.ts';

export interface DownloadOptions {
  readonly reply: ChildReply;
  /** The next bytes; undefined at the end. */
  readonly next: () => Uint8Array | undefined;
  readonly close: () => void;
}

/** Sends bytes piece by piece, as far as the parent has room for them. */
export class DownloadCall implements ChildCall {
  private readonly _options: DownloadOptions;
  private _credit = WINDOW_BYTES;
  private _isOver = false;

  constructor(options: DownloadOptions) {
    this._options = options;
  }

  begin(): void {
    this._options.reply.started();
    this._pump();
  }

  grant(bytes: number): void {
    this._credit += bytes;
    this._pump();
  }

  cancel(): void {
    this._finish();
  }

  private _pump(): void {
    while (!this._isOver && this._credit > 0) {
      const bytes = this._options.next();
      if (!bytes) {
        this._finish();
        return;
      }
      this._credit -= bytes.length;
      this._options.reply.data(bytes);
    }
  }

  private _finish(): void {
    if (this._isOver) return;
    this._isOver = true;
    this._options.close();
    this._options.reply.result({});
  }
}
