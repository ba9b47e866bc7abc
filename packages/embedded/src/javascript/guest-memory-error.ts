/** The guest requested more bytes at once than its memory limit allows. */
export class GuestMemoryError extends Error {
  override readonly name = 'GuestMemoryError';

  constructor(bytes: number) {
    super(`expected data that fits into the memory limit, got ${bytes} bytes or more`);
  }
}
