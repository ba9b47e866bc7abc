import { HIDDEN_READ } from './launcher-argv.ts';

/** Waits until the directory `$0` contains the shell, and then executes it. */
const AWAIT = 'until [ -x "$0/sh" ]; do sleep 0.01 || sleep 1; done; exec "$0/sh" -c "$1" "$0"';

/**
 * Copies of the shell and of `dd` that a sandbox's user may execute but not read. From such a file, Linux starts processes whose memory and
 * descriptors no other process can access, not even a process of the same user.
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

  /** The command that starts a launcher. A guest can trace the image's shell, so only the first launcher starts with it. */
  get argv(): readonly string[] {
    const { directory } = this;
    if (this.#isAwaited) return ['sh', '-c', AWAIT, directory, HIDDEN_READ];
    return [`${directory}/sh`, '-c', HIDDEN_READ, directory];
  }

  /** Must be called when a launcher is open, which proves that the copies exist. */
  found(): void {
    this.#isAwaited = false;
  }
}
