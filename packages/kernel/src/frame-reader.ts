/** A frame: one letter, the length of the payload in 4 bytes, the payload. */
export interface KernelFrame {
  readonly letter: string;
  readonly payload: Uint8Array;
}

const HEADER_BYTES = 5;
const MiB = 1024 * 1024;

/** The letters of the frames that a kernel sends, and the maximum size of each payload. */
const MAXIMUM_BYTES: Readonly<Record<string, number>> = {
  /** Ready. */
  R: 4096,
  /** A piece of stdout. */
  o: MiB,
  /** A piece of stderr. */
  e: MiB,
  /** A display object. */
  d: 26 * MiB,
  /** Remove the output so far. */
  c: 1024,
  /** An error. */
  x: 48 * MiB,
  /** The cell is done. */
  F: 1024,
};

/** The kernel sent bytes that are no frame. */
export class MalformedFrame extends Error {
  override readonly name = 'MalformedFrame';
}

export function encodeFrame(letter: string, payload: Uint8Array): Uint8Array {
  const frame = new Uint8Array(HEADER_BYTES + payload.length);
  frame[0] = letter.charCodeAt(0);
  new DataView(frame.buffer).setUint32(1, payload.length);
  frame.set(payload, HEADER_BYTES);
  return frame;
}

/** Splits the bytes of a kernel into frames. Guest code can write any bytes, so at most one frame is kept. */
export class FrameReader {
  #header = new Uint8Array(HEADER_BYTES);
  #headerLength = 0;
  #payload: Uint8Array | undefined;
  #payloadLength = 0;

  /** Returns the frames that these bytes complete. @throws {MalformedFrame} */
  *push(bytes: Uint8Array): Generator<KernelFrame, void, void> {
    for (let at = 0; at < bytes.length; ) {
      at += this.#payload === undefined ? this.#takeHeader(bytes.subarray(at)) : this.#takePayload(this.#payload, bytes.subarray(at));
      if (this.#payload === undefined || this.#payloadLength < this.#payload.length) continue;
      yield { letter: String.fromCharCode(this.#header[0] ?? 0), payload: this.#payload };
      this.#payload = undefined;
      this.#headerLength = 0;
    }
  }

  #takeHeader(bytes: Uint8Array): number {
    const taken = bytes.subarray(0, HEADER_BYTES - this.#headerLength);
    this.#header.set(taken, this.#headerLength);
    this.#headerLength += taken.length;
    if (this.#headerLength === HEADER_BYTES) this.#beginPayload();
    return taken.length;
  }

  #beginPayload(): void {
    const letter = String.fromCharCode(this.#header[0] ?? 0);
    const length = new DataView(this.#header.buffer).getUint32(1);
    const maximum = Object.hasOwn(MAXIMUM_BYTES, letter) ? MAXIMUM_BYTES[letter] : undefined;
    if (maximum === undefined) throw new MalformedFrame('a frame has an unknown letter');
    if (length > maximum) throw new MalformedFrame(`a frame of type ${letter} announces ${length} bytes, more than ${maximum}`);
    this.#payload = new Uint8Array(length);
    this.#payloadLength = 0;
  }

  #takePayload(payload: Uint8Array, bytes: Uint8Array): number {
    const taken = bytes.subarray(0, payload.length - this.#payloadLength);
    payload.set(taken, this.#payloadLength);
    this.#payloadLength += taken.length;
    return taken.length;
  }
}
