/** POSIX names of the errors that guest file operations throw, as `GuestFileError.code`. */
export type GuestErrno =
  | 'EACCES'
  | 'EBADF'
  | 'EBUSY'
  | 'EEXIST'
  | 'EINVAL'
  | 'EISDIR'
  | 'ELOOP'
  | 'EMFILE'
  | 'ENAMETOOLONG'
  | 'ENOENT'
  | 'ENOSPC'
  | 'ENOTDIR'
  | 'ENOTEMPTY'
  | 'EPERM'
  | 'EROFS';

export type GuestFileType = 'file' | 'directory' | 'symlink' | 'device';

export interface GuestStat {
  readonly inode: number;
  readonly type: GuestFileType;
  readonly size: number;
  readonly mode: number;
  readonly links: number;
  readonly accessedMs: number;
  readonly modifiedMs: number;
  readonly changedMs: number;
}

export interface GuestDirectoryEntry {
  readonly name: string;
  readonly type: GuestFileType;
  readonly inode: number;
}

export interface GuestOpenOptions {
  readonly read?: boolean;
  readonly write?: boolean;
  readonly create?: boolean;
  readonly exclusive?: boolean;
  readonly truncate?: boolean;
  /** False: a link as the last part is `ELOOP`. Default true. */
  readonly followLinks?: boolean;
  /** Permission bits of a file that is created. Default 0o644. */
  readonly mode?: number;
}

/**
 * The sandbox's files as its interpreters see them: synchronous, absolute normalised paths, POSIX meaning.
 *
 * Every method throws `GuestFileError`. Implemented by the in-memory file system itself and by the client that
 * reaches it from a worker thread, so that files outlive the worker of a killed run.
 */
export interface GuestFileSystem {
  stat(path: string, options?: { readonly followLinks?: boolean }): GuestStat;
  open(path: string, options: GuestOpenOptions): number;
  close(handle: number): void;
  statHandle(handle: number): GuestStat;
  /** At most `length` bytes from `position`; empty at the end of the file. */
  read(handle: number, position: number, length: number): Uint8Array;
  /** Writes all of `bytes` at `position`, or at the end for `'end'`; returns the position after them. */
  write(handle: number, position: number | 'end', bytes: Uint8Array): number;
  truncate(handle: number, size: number): void;
  readDirectory(path: string): readonly GuestDirectoryEntry[];
  makeDirectory(path: string, options?: { readonly mode?: number }): void;
  removeDirectory(path: string): void;
  unlink(path: string): void;
  rename(from: string, to: string): void;
  symlink(target: string, path: string): void;
  link(existing: string, path: string): void;
  readLink(path: string): string;
  /** The absolute path with every link resolved. */
  realPath(path: string): string;
  changeMode(path: string, mode: number): void;
  setTimes(path: string, times: { readonly accessedMs?: number; readonly modifiedMs?: number; readonly followLinks?: boolean }): void;
}

/** What a program inside the sandbox is given: everything it can reach, and nothing else. */
export interface GuestContext {
  /** `argv[0]` is the program's name as it was called. */
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
  /** Absolute; exists. */
  readonly cwd: string;
  readonly files: GuestFileSystem;
  /** Blocks until there is something; at most `length` bytes, empty at the end of input. */
  readInput(length: number): Uint8Array;
  /** Blocks while the reader is behind. */
  writeOutput(stream: 'stdout' | 'stderr', bytes: Uint8Array): void;
  /** Blocks this thread. */
  sleep(milliseconds: number): void;
  readonly memoryBytes: number;
}

/** How a program ended. */
export interface GuestExit {
  readonly exitCode: number;
  /** Present when a limit, not the program, was the cause. */
  readonly limit?: 'memory' | 'disk';
  /** One sentence; present with `limit`. */
  readonly reason?: string;
}

/** One interpreter. It is called on a worker thread and may block it; the thread is ended from outside. */
export type GuestProgram = (context: GuestContext) => Promise<GuestExit>;
