/** Enough to keep the reason that V8 prints before its stack traces. */
const KEPT_BYTES = 64 * 1024;

/** Keeps the end of a text stream, for diagnostics. */
export class TextTail {
  #bytes: Buffer = Buffer.alloc(0);

  push(bytes: Uint8Array): void {
    const all = Buffer.concat([this.#bytes, bytes]);
    this.#bytes = Buffer.from(all.subarray(Math.max(0, all.length - KEPT_BYTES)));
  }

  /** Returns the kept text. */
  text(): string {
    return this.#bytes.toString();
  }
}
