/** The child process is gone; every call that was running ends with this. */
export class ConnectionEnded extends Error {
  override readonly name = 'ConnectionEnded';

  constructor(reason: string) {
    super(reason);
  }
}
