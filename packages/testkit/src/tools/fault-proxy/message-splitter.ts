/** Mask and special values for the length field in a web socket frame. */
const SMALL = { lengthMask: 0x7f, medium: 126, large: 127 } as const;

/** Splits web socket data from a server into whole frames. A server does not mask its frames. */
export class MessageSplitter {
  #rest: Buffer = Buffer.alloc(0);

  /** Returns the frames that are now complete, each with its payload. */
  push(bytes: Buffer): { readonly frame: Buffer; readonly payload: Buffer }[] {
    this.#rest = this.#rest.byteLength === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    const frames: { frame: Buffer; payload: Buffer }[] = [];
    for (let size = sizeOf(this.#rest); size !== undefined && size.total <= this.#rest.byteLength; size = sizeOf(this.#rest)) {
      const frame = this.#rest.subarray(0, size.total);
      frames.push({ frame, payload: frame.subarray(size.header) });
      this.#rest = this.#rest.subarray(size.total);
    }
    return frames;
  }
}

/** Returns the frame with which a server ends a web socket. */
export function closeFrame(code: number): Buffer {
  const frame = Buffer.of(0x88, 2, 0, 0);
  frame.writeUInt16BE(code, 2);
  return frame;
}

function sizeOf(bytes: Buffer): { readonly header: number; readonly total: number } | undefined {
  if (bytes.byteLength < 2) return undefined;
  const short = bytes.readUInt8(1) & SMALL.lengthMask;
  if (short < SMALL.medium) return { header: 2, total: 2 + short };
  const header = short === SMALL.medium ? 4 : 10;
  if (bytes.byteLength < header) return undefined;
  return { header, total: header + (short === SMALL.medium ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2))) };
}
