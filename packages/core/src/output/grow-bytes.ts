/** Room for so many bytes and some more. What was taken before is given back at once rather than at the next collection. */
export function growBytes(bytes: Uint8Array<ArrayBuffer>, needed: number): Uint8Array<ArrayBuffer> {
  const capacity = Math.max(needed, Math.ceil(bytes.length * 1.25));
  return new Uint8Array(bytes.buffer.transfer(capacity));
}
