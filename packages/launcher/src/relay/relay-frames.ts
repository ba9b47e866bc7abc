/** Bytes of one frame; larger ones would make some connections reset. */
const FRAME_BYTES = 64 * 1024;
const HEADER_BYTES = 4;

/** Data for a framed relay: each frame begins with its length, four bytes, most significant first. */
export function* encodeRelayFrames(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.byteLength; start += FRAME_BYTES) {
    const data = bytes.subarray(start, start + FRAME_BYTES);
    yield Buffer.concat([header(data.byteLength), data]);
  }
}

/** No more data follows; the service's answer is still awaited. */
export const HALF_CLOSE_FRAME: Uint8Array = header(0);

/** The relay is to end. */
export const CLOSE_FRAME: Uint8Array = header(0xffffffff);

function header(value: number): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES);
  bytes.writeUInt32BE(value);
  return bytes;
}
