/** Thrown if the guest requests more bytes at once than its memory limit allows. */
export class GuestMemoryError extends Error {
  override readonly name = 'GuestMemoryError';

  constructor(bytes: number) {
    super(`expected data that fits into the memory limit, got ${bytes} bytes or more`);
  }
}

/** Returns true if the host tried to allocate memory in the engine, but the engine could not get it. */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && /out of memory|wasm_malloc|memory access|Array buffer allocation/i.test(error.message);
}
