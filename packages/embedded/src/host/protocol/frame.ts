/**
 * The maximum size of a header's JSON text, in bytes. A header to the child process can contain the arguments and environment
 * variables of a run.
 */
export const MAXIMUM_HEADER_BYTES: number = 8 * 1024 * 1024;
/** The maximum size of a payload, in bytes. */
export const MAXIMUM_PAYLOAD_BYTES: number = 1024 * 1024;

const PREFIX_BYTES = 8;

export type FrameHeader = Readonly<Record<string, unknown>>;

export interface Frame {
  readonly header: FrameHeader;
  readonly payload: Uint8Array;
}

/** Thrown if the received data is not a frame. The connection can no longer be used. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
}

/** Encodes a frame: the length of the header, the length of the payload, the header as JSON, and the payload. */
export function encodeFrame(header: FrameHeader, payload: Uint8Array = new Uint8Array(0)): Buffer {
  const text = Buffer.from(JSON.stringify(header));
  if (text.length > MAXIMUM_HEADER_BYTES)
    throw new FrameError(`A header of ${text.length} bytes exceeds the limit of ${MAXIMUM_HEADER_BYTES}.`);
  if (payload.length > MAXIMUM_PAYLOAD_BYTES)
    throw new FrameError(`A payload of ${payload.length} bytes exceeds the limit of ${MAXIMUM_PAYLOAD_BYTES}.`);
  const frame = Buffer.allocUnsafe(PREFIX_BYTES + text.length + payload.length);
  frame.writeUInt32LE(text.length, 0);
  frame.writeUInt32LE(payload.length, 4);
  frame.set(text, PREFIX_BYTES);
  frame.set(payload, PREFIX_BYTES + text.length);
  return frame;
}

export interface FrameReaderOptions {
  /** The maximum size of a header. Default {@link MAXIMUM_HEADER_BYTES}. */
  readonly headerBytes?: number;
}

/** Splits a stream of bytes into frames. */
export class FrameReader {
  readonly #headerBytes: number;
  #chunks: Uint8Array[] = [];
  #available = 0;
  #lengths: { readonly header: number; readonly payload: number } | undefined;

  constructor({ headerBytes = MAXIMUM_HEADER_BYTES }: FrameReaderOptions = {}) {
    this.#headerBytes = headerBytes;
  }

  /**
   * Adds the next bytes and returns the frames that are now complete.
   *
   * @throws {FrameError} if a length exceeds its limit, or if a header is not a JSON object.
   */
  push(chunk: Uint8Array): Frame[] {
    this.#chunks.push(chunk);
    this.#available += chunk.length;
    const frames: Frame[] = [];
    for (let frame = this.#next(); frame; frame = this.#next()) frames.push(frame);
    return frames;
  }

  #next(): Frame | undefined {
    this.#lengths ??= this.#readLengths();
    if (!this.#lengths || this.#available < this.#lengths.header + this.#lengths.payload) return undefined;
    const { header, payload } = this.#lengths;
    this.#lengths = undefined;
    return { header: parseHeader(this.#take(header)), payload: this.#take(payload) };
  }

  #readLengths(): { readonly header: number; readonly payload: number } | undefined {
    if (this.#available < PREFIX_BYTES) return undefined;
    const prefix = this.#take(PREFIX_BYTES);
    const lengths = { header: prefix.readUInt32LE(0), payload: prefix.readUInt32LE(4) };
    if (lengths.header > this.#headerBytes || lengths.payload > MAXIMUM_PAYLOAD_BYTES) {
      throw new FrameError(`A frame with ${lengths.header} header bytes and ${lengths.payload} payload bytes exceeds the limits.`);
    }
    return lengths;
  }

  #take(length: number): Buffer {
    const parts: Uint8Array[] = [];
    for (let missing = length; missing > 0; ) {
      const chunk = this.#chunks[0] ?? new Uint8Array(0);
      const part = chunk.subarray(0, missing);
      parts.push(part);
      missing -= part.length;
      if (part.length === chunk.length) this.#chunks.shift();
      else this.#chunks[0] = chunk.subarray(part.length);
    }
    this.#available -= length;
    const [only] = parts;
    return only && parts.length === 1 ? Buffer.from(only.buffer, only.byteOffset, only.length) : Buffer.concat(parts);
  }
}

function parseHeader(text: Buffer): FrameHeader {
  let value: unknown;
  try {
    value = JSON.parse(text.toString());
  } catch (cause) {
    throw new FrameError('A header is not JSON.', { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new FrameError('A header is not an object.');
  return value as FrameHeader;
}
