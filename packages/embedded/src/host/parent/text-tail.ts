const KEPT_BYTES = 8 * 1024;

/** The end of a stream of text, for diagnostics. */
export class TextTail {
  #bytes: Buffer = Buffer.alloc(0);

  push(bytes: Uint8Array): void {
    const all = Buffer.concat([this.#bytes, bytes]);
    this.#bytes = Buffer.from(all.subarray(Math.max(0, all.length - KEPT_BYTES)));
  }

  /** The kept text on one line, cut to its last `length` characters. */
  text(length: number): string {
    return this.#bytes.toString().replace(/\s+/g, ' ').trim().slice(-length);
  }
}
