import type { FsStat } from 'just-bash';

const folders = ['/usr/bin', '/bin'];

/**
 * The files through which a shell finds its commands.
 *
 * just-bash looks commands up by path. These files are visible only to the shell and do not appear among the user's files.
 */
export class CommandFiles {
  readonly #names: ReadonlySet<string>;

  constructor(names: ReadonlySet<string>) {
    this.#names = names;
  }

  /** Returns true if `path` is the path of a command. */
  has(path: string): boolean {
    const at = path.lastIndexOf('/');
    return folders.includes(path.slice(0, at)) && this.#names.has(path.slice(at + 1));
  }

  stat(): FsStat {
    return { isFile: true, isDirectory: false, isSymbolicLink: false, mode: 0o755, size: 0, mtime: new Date(0) };
  }

  /** Returns the names that a listing of `directory` shows in addition to the files in the directory. */
  listed(directory: string): readonly string[] {
    return folders.includes(directory) ? [...this.#names].filter((name) => !name.includes(':')) : [];
  }
}
