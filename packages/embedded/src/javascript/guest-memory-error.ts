/** The guest asked for more bytes at once than it may have. */
export class GuestMemoryError extends Error {
  override readonly name = 'GuestMemoryError';

  constructor(bytes: number) {
    super(`expected data that fits into the memory limit, got ${bytes} bytes or more`);
  }
}
