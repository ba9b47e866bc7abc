/** V8 prints its reason first, and then stack traces. */
const KEPT_BYTES = 64 * 1024;

/** The end of a stream of text, for diagnostics. */
export class TextTail {
  #bytes: Buffer = Buffer.alloc(0);

  push(bytes: Uint8Array): void {
    const all = Buffer.concat([this.#bytes, bytes]);
    this.#bytes = Buffer.from(all.subarray(Math.max(0, all.length - KEPT_BYTES)));
  }

  /** The kept text. */
  text(): string {
    return this.#bytes.toString();
  }
}
