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

/** The size of the file system and its used part, in bytes and in names. */
export interface GuestSpace {
  readonly totalBytes: number;
  readonly usedBytes: number;
  readonly totalNames: number;
  readonly usedNames: number;
}

export interface GuestOpenOptions {
  readonly read?: boolean;
  readonly write?: boolean;
  readonly create?: boolean;
  readonly exclusive?: boolean;
  readonly truncate?: boolean;
  /** False: the operation fails with `ELOOP` if the last part is a link. Default true. */
  readonly followLinks?: boolean;
  /** Permission bits of a file that is created. Default 0o644. */
  readonly mode?: number;
}

/**
 * The sandbox's files as the interpreters see them: synchronous calls, absolute normalised paths, POSIX semantics.
 *
 * Every method throws `GuestFileError`. The in-memory file system implements it, and so does the client that
 * worker threads use to reach it: files survive when the worker of a run is killed.
 */
export interface GuestFileSystem {
  stat(path: string, options?: { readonly followLinks?: boolean }): GuestStat;
  open(path: string, options: GuestOpenOptions): number;
  close(handle: number): void;
  statHandle(handle: number): GuestStat;
  /** Reads up to `length` bytes from `position`; empty at the end of the file. */
  read(handle: number, position: number, length: number): Uint8Array;
  /** Writes all of `bytes` at `position`, or at the end for `'end'`. Returns the position after the last byte. */
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
  /** Returns the absolute path with every link resolved. */
  realPath(path: string): string;
  changeMode(path: string, mode: number): void;
  setTimes(path: string, times: { readonly accessedMs?: number; readonly modifiedMs?: number; readonly followLinks?: boolean }): void;
  space(): GuestSpace;
}

/** The context of a program inside the sandbox. A program can reach nothing else. */
export interface GuestContext {
  /** `argv[0]` is the name under which the program was called. */
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
  /** An absolute path that exists. */
  readonly cwd: string;
  readonly files: GuestFileSystem;
  /** Blocks until input arrives. Returns up to `length` bytes; empty at the end of input. */
  readInput(length: number): Uint8Array;
  /** Blocks while the output buffer is full. */
  writeOutput(stream: 'stdout' | 'stderr', bytes: Uint8Array): void;
  /** Blocks this thread. */
  sleep(milliseconds: number): void;
  readonly memoryBytes: number;
}

/** How a program ended. */
export interface GuestExit {
  readonly exitCode: number;
  /** Present if a limit ended the program. */
  readonly limit?: 'memory' | 'disk';
  /** One sentence. Present if `limit` is. */
  readonly reason?: string;
}

/** An interpreter. It runs on a worker thread and may block it; the thread is ended from outside. */
export type GuestProgram = (context: GuestContext) => Promise<GuestExit>;
