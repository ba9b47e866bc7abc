import { encodeNumber, encodeSection, findSection, readNumber } from './module-sections.ts';

const DATA_SECTION = 11;
const I32_CONST = 0x41;
const END = 0x0b;

/** A part of a module's memory, as offsets in bytes. */
export interface MemoryRange {
  readonly start: number;
  readonly end: number;
}

interface Segment {
  readonly start: number;
  readonly bytes: Uint8Array;
}

/**
 * Returns the module without the data for a part of its initial memory. That part then contains zeros.
 *
 * @throws {TypeError} if the module has data segments whose position in memory is not constant.
 */
export function withoutData(module: Uint8Array, range: MemoryRange): Uint8Array {
  const section = findSection(module, DATA_SECTION);
  const kept = readSegments(module, section.start).flatMap((segment) => outside(segment, range));
  const pieces = kept.flatMap(({ start, bytes }) => [
    Uint8Array.from([0, I32_CONST, ...encodeNumber(start, 0x40), END, ...encodeNumber(bytes.length)]),
    bytes,
  ]);
  const data = encodeSection(DATA_SECTION, [Uint8Array.from(encodeNumber(kept.length)), ...pieces]);
  return Buffer.concat([module.subarray(0, section.header), data, module.subarray(section.end)]);
}

function readSegments(module: Uint8Array, at: number): Segment[] {
  const { value: count, next } = readNumber(module, at);
  const segments: Segment[] = [];
  for (let from = next; segments.length < count; ) {
    if (module[from] !== 0 || module[from + 1] !== I32_CONST) throw new TypeError('Expected data segments at constant places.');
    const { value: start, next: end } = readNumber(module, from + 2);
    if (module[end] !== END) throw new TypeError('Expected data segments at constant places.');
    const { value: length, next: content } = readNumber(module, end + 1);
    segments.push({ start, bytes: module.subarray(content, content + length) });
    from = content + length;
  }
  return segments;
}

/** Returns the parts of a segment before and after the range. */
function outside({ start, bytes }: Segment, range: MemoryRange): Segment[] {
  const before = bytes.subarray(0, Math.max(0, range.start - start));
  const from = Math.max(0, range.end - start);
  const after = { start: start + from, bytes: bytes.subarray(from) };
  return [{ start, bytes: before }, after].filter((part) => part.bytes.length > 0);
}
