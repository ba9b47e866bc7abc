/** Thrown if an imported module cannot be loaded. The guest receives an error with the same message. */
export class ModuleError extends Error {
  // The engine's wrapper copies name and stack into the guest, so they must not contain host paths.
  override readonly name = 'Error';

  constructor(message: string) {
    super(message);
    this.stack = `Error: ${message}`;
  }
}
