/** The maximum size of a frame. Larger frames would reset some connections. */
const FRAME_BYTES = 64 * 1024;
const HEADER_BYTES = 4;

/** Encodes data for a framed relay. Each frame begins with its length in four bytes, most significant first. */
export function* encodeRelayFrames(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.byteLength; start += FRAME_BYTES) {
    const data = bytes.subarray(start, start + FRAME_BYTES);
    yield Buffer.concat([header(data.byteLength), data]);
  }
}

/** Marks the end of the data. The service's response is still awaited. */
export const HALF_CLOSE_FRAME: Uint8Array = header(0);

/** Requests the end of the relay. */
export const CLOSE_FRAME: Uint8Array = header(0xffffffff);

function header(value: number): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES);
  bytes.writeUInt32BE(value);
  return bytes;
}
