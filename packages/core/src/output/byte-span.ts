/** A range of a byte array. It needs less memory than a view, which matters for millions of ranges. */
export interface ByteSpan {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/** Up to this number of bytes, a loop is faster than the built-in copy. */
const SHORT = 16;

export function spanOf(bytes: Uint8Array): ByteSpan {
  return { bytes, start: 0, end: bytes.length };
}

/** Copies a span into another array, or to an earlier position in the same array. */
export function copySpan(span: ByteSpan, target: Uint8Array, at: number): void {
  const { bytes, start, end } = span;
  if (end - start > SHORT) target.set(bytes.subarray(start, end), at);
  else for (let index = start; index < end; index += 1) target[at + index - start] = bytes[index] ?? 0;
}
