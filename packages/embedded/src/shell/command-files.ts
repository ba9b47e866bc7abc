import type { FsStat } from 'just-bash';

const folders = ['/usr/bin', '/bin'];

/**
 * The files under which a shell finds its commands.
 *
 * just-bash looks commands up by path; these exist for the shell only, so that the sandbox's own files stay the user's.
 */
export class CommandFiles {
  readonly #names: ReadonlySet<string>;

  constructor(names: ReadonlySet<string>) {
    this.#names = names;
  }

  /** The command that `path` names, if any. */
  has(path: string): boolean {
    const at = path.lastIndexOf('/');
    return folders.includes(path.slice(0, at)) && this.#names.has(path.slice(at + 1));
  }

  stat(): FsStat {
    return { isFile: true, isDirectory: false, isSymbolicLink: false, mode: 0o755, size: 0, mtime: new Date(0) };
  }

  /** Names that a listing of `directory` shows besides its files. */
  listed(directory: string): readonly string[] {
    return folders.includes(directory) ? [...this.#names].filter((name) => !name.includes(':')) : [];
  }
}
