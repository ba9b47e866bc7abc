/** A module that a program imports cannot be had; its message becomes the guest's error. */
export class ModuleError extends Error {
  // The engine's wrapper copies name and stack into the guest: nothing of the host may be in them.
  override readonly name = 'Error';

  constructor(message: string) {
    super(message);
    this.stack = `Error: ${message}`;
  }
}
