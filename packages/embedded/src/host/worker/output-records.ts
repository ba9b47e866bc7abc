import type { SharedRing } from './shared-ring.ts';

const HEADER_BYTES = 4;
const STDERR_BIT = 0x8000_0000;
/** The maximum size of a record, in bytes. */
const RECORD_BYTES = 64 * 1024;

export type StreamName = 'stdout' | 'stderr';

export interface OutputRecord {
  readonly stream: StreamName;
  readonly bytes: Uint8Array;
}

/** Thrown if the ring contains data that this package's worker code never writes. */
export class CorruptRingError extends Error {
  override readonly name = 'CorruptRingError';
}

/**
 * Writes output as records, which keeps both streams in order. A record appears completely or not at all. Blocks while the ring is
 * full.
 */
export function writeOutputRecords(ring: SharedRing, output: OutputRecord & { readonly onWritten: () => void }): void {
  for (let done = 0; done < output.bytes.length; done += RECORD_BYTES) {
    const part = output.bytes.subarray(done, done + RECORD_BYTES);
    ring.waitForRoom(HEADER_BYTES + part.length);
    ring.put(encodeHeader(output.stream, part.length));
    ring.put(part, HEADER_BYTES);
    ring.publish(HEADER_BYTES + part.length);
    output.onWritten();
  }
}

/**
 * Removes the next records of one stream from the ring, up to about `maximumBytes`, and joins them. Returns undefined if the ring
 * is empty.
 *
 * @throws {CorruptRingError} if a record is invalid.
 */
export function takeOutput(ring: SharedRing, maximumBytes: number): OutputRecord | undefined {
  const first = readHeader(ring, 0);
  if (!first) return undefined;
  const parts: Uint8Array[] = [];
  let taken = 0;
  let bytes = 0;
  for (let next: RecordHeader | undefined = first; next && next.stream === first.stream; next = readHeader(ring, taken)) {
    if (bytes > 0 && bytes + next.length > maximumBytes) break;
    parts.push(ring.peek(taken + HEADER_BYTES, next.length));
    taken += HEADER_BYTES + next.length;
    bytes += next.length;
  }
  ring.consume(taken);
  return { stream: first.stream, bytes: parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts) };
}

interface RecordHeader {
  readonly stream: StreamName;
  readonly length: number;
}

function encodeHeader(stream: StreamName, length: number): Uint8Array {
  const header = new Uint8Array(HEADER_BYTES);
  new DataView(header.buffer).setUint32(0, length + (stream === 'stderr' ? STDERR_BIT : 0));
  return header;
}

function readHeader(ring: SharedRing, offset: number): RecordHeader | undefined {
  const available = ring.used - offset;
  if (available <= 0) return undefined;
  const value = available < HEADER_BYTES ? 0 : new DataView(ring.peek(offset, HEADER_BYTES).buffer).getUint32(0);
  const length = value % STDERR_BIT;
  if (length === 0 || length > RECORD_BYTES || HEADER_BYTES + length > available) throw new CorruptRingError('The output ring is corrupt.');
  return { stream: value >= STDERR_BIT ? 'stderr' : 'stdout', length };
}
