import { HIDDEN_READ } from './launcher-argv.ts';

/** Waits until the directory `$0` contains the shell, and then executes it. */
const AWAIT = 'until [ -x "$0/sh" ]; do sleep 0.01 || sleep 1; done; exec "$0/sh" -c "$1" "$0"';

/**
 * Copies of the shell and of `dd` that a sandbox's user may execute but not read. Linux prevents other processes, even those of the same
 * user, from accessing the memory and descriptors of a process that runs such a file.
 */
export class HiddenShell {
  /** Absolute path of the directory. */
  readonly directory: string;
  #isAwaited: boolean;

  /** @param options.isAwaited True if the copies are still being created, and no guest code runs before the first launcher is open. */
  constructor(options: { readonly directory: string; readonly isAwaited: boolean }) {
    this.directory = options.directory;
    this.#isAwaited = options.isAwaited;
  }

  /** Returns the command that starts a launcher. Guest code can trace the image's shell, so only the first launcher is started with it. */
  get argv(): readonly string[] {
    const { directory } = this;
    if (this.#isAwaited) return ['sh', '-c', AWAIT, directory, HIDDEN_READ];
    return [`${directory}/sh`, '-c', HIDDEN_READ, directory];
  }

  /** Must be called when the first launcher is open, which proves that the copies exist. */
  found(): void {
    this.#isAwaited = false;
  }
}
