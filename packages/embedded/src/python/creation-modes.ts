/** The permission bits of the files that a program creates. WASI does not transfer them, so the start-up code in Python sends them. */
export class CreationModes {
  #umask = 0o022;
  #next: number | undefined;

  /** Receives a value from the start-up code: the umask, or the mode of the next file. Returns false for any other name. */
  receive(name: string, value: string): boolean {
    const mode = Number(value) & 0o7777;
    if (name === 'umask') this.#umask = mode;
    else if (name === 'mode') this.#next = mode;
    return name === 'umask' || name === 'mode';
  }

  /** Returns the mode for the file that is being created. `usual` is the mode before the umask is applied. */
  take(usual: number): number {
    const mode = this.#next ?? usual & ~this.#umask;
    this.#next = undefined;
    return mode;
  }
}
