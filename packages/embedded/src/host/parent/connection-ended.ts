/** The child process has ended. Every call in progress fails with this error. */
export class ConnectionEnded extends Error {
  override readonly name = 'ConnectionEnded';

  constructor(reason: string) {
    super(reason);
  }
}
