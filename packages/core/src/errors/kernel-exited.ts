const marker = Symbol.for('sandpod.kernel-exited');

/** The interpreter of a kernel exited by itself, for example because the code called `os._exit()`. */
export class KernelExited extends Error {
  override readonly name = 'KernelExited';
  readonly exitCode: number;

  constructor(exitCode: number) {
    super(`The interpreter exited with code ${exitCode}. Its variables are lost.`);
    this.exitCode = exitCode;
    Object.defineProperty(this, marker, { value: true });
  }

  /** Like `instanceof`, but also recognizes an error from another copy of this package. */
  static isInstance(value: unknown): value is KernelExited {
    return typeof value === 'object' && value !== null && marker in value;
  }
}
