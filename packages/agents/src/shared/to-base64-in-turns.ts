import { toBase64 } from '@sandpod/core';
import { Pace } from '@sandpod/core/backend';

/** Number of bytes that are encoded at once; a multiple of 3, so that only the last piece is padded. */
const PIECE_BYTES = 3 * 512 * 1024;

/** Encodes bytes as base64, and regularly lets the event loop run. */
export async function toBase64InTurns(bytes: Uint8Array): Promise<string> {
  const pace = new Pace();
  let text = '';
  for (let start = 0; start < bytes.byteLength; start += PIECE_BYTES) {
    text += toBase64(bytes.subarray(start, start + PIECE_BYTES));
    if (pace.isDue) await pace.turn();
  }
  return text;
}
