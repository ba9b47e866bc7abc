/**
 * Decodes one stream of UTF-8 bytes that arrives in pieces.
 *
 * A character split over pieces comes out whole; invalid bytes become U+FFFD; a byte order mark and CR are kept.
 */
export class StreamDecoder {
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  decode(bytes: Uint8Array): string {
    return this.#decoder.decode(bytes, { stream: true });
  }

  /** What is left of a character that never became complete. Afterwards the decoder can be used for another stream. */
  end(): string {
    return this.#decoder.decode();
  }
}
