/** The error with which every call in progress fails when the child process has ended. */
export class ConnectionEnded extends Error {
  override readonly name = 'ConnectionEnded';

  /** True if the process ended because it could not allocate memory. */
  readonly isOutOfMemory: boolean;

  constructor(reason: string, options: { readonly isOutOfMemory: boolean }) {
    super(reason);
    this.isOutOfMemory = options.isOutOfMemory;
  }
}
