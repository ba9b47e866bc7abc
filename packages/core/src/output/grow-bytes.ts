/**
 * Returns a copy with room for at least `needed` bytes. Frees the memory of the old array immediately, without waiting for a garbage
 * collection.
 */
export function growBytes(bytes: Uint8Array<ArrayBuffer>, needed: number): Uint8Array<ArrayBuffer> {
  const capacity = Math.max(needed, Math.ceil(bytes.length * 1.25));
  return new Uint8Array(bytes.buffer.transfer(capacity));
}
