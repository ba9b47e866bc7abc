const KEPT_BYTES = 8 * 1024;

/** The end of a stream of text, for diagnostics. */
export class TextTail {
  private _bytes: Buffer = Buffer.alloc(0);

  push(bytes: Uint8Array): void {
    const all = Buffer.concat([this._bytes, bytes]);
    this._bytes = Buffer.from(all.subarray(Math.max(0, all.length - KEPT_BYTES)));
  }

  /** On one line, at most `length` characters. */
  text(length: number): string {
    return this._bytes.toString().replace(/\s+/g, ' ').trim().slice(-length);
  }
}
