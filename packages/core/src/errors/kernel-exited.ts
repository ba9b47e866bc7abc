/** The interpreter of a kernel exited by itself, for example because the code called `os._exit()`. */
export class KernelExited extends Error {
  override readonly name = 'KernelExited';
  readonly exitCode: number;

  constructor(exitCode: number) {
    super(`The interpreter exited with code ${exitCode}. Its variables are lost.`);
    this.exitCode = exitCode;
  }
}
