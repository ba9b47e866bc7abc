import type { GrepMatch } from 'deepagents';

/** A file or a directory below a path that was searched. */
export interface FoundFile {
  /** Absolute. */
  readonly path: string;
  readonly isDirectory: boolean;
  readonly size: number;
  /** Milliseconds since the epoch. A guest can set any time. */
  readonly modifiedMs?: number | undefined;
}

/** Files and directories. If `isCut` is true, there are more. */
export interface Listing {
  readonly files: readonly FoundFile[];
  readonly isCut: boolean;
}

/** Matches in files. If `isCut` is true, there may be more. */
export interface Matches {
  readonly matches: readonly GrepMatch[];
  readonly isCut: boolean;
}

export interface TextQuery {
  /** Absolute path of a file or a directory. */
  readonly path: string;
  /** Literal text. */
  readonly pattern: string;
  /** Checks the absolute path of a file. */
  readonly isWanted: (path: string) => boolean;
  /** A glob for the name of a file that every wanted file matches, for `find -name`. */
  readonly name: string;
  readonly maxMatches: number;
}

/** Finds files and text in a sandbox. All paths are absolute, and results do not include files that a code executor wrote for its code. */
export interface FileFinder {
  /** Lists a directory. For a file, returns the file. If the path does not exist, returns nothing. */
  list(path: string): Promise<Listing>;
  /** Lists everything below a directory. For a file, returns nothing. */
  walk(path: string): Promise<Listing>;
  search(query: TextQuery): Promise<Matches>;
}
