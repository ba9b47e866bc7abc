/**
 * Decodes a stream of UTF-8 bytes piece by piece.
 *
 * A character that is split across pieces is decoded as a whole. Invalid bytes become U+FFFD. A byte order mark and CR
 * are kept.
 */
export class StreamDecoder {
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  decode(bytes: Uint8Array): string {
    return this.#decoder.decode(bytes, { stream: true });
  }

  /**
   * Returns U+FFFD if the last character is incomplete, otherwise an empty string. Afterwards, the decoder can be used for another stream.
   */
  end(): string {
    return this.#decoder.decode();
  }
}
