/** POSIX names of errors. A failed guest file operation throws an error with one of these names as `GuestFileError.code`. */
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

/** The total and used size of the file system, in bytes and in names. */
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
  /** If false, the operation fails with `ELOOP` if the last part of the path is a link. Default: true. */
  readonly followLinks?: boolean;
  /** Permission bits for a new file. Default: 0o644. */
  readonly mode?: number;
}

/**
 * The interface through which interpreters use the sandbox's files: synchronous calls, absolute normalized paths, POSIX semantics.
 *
 * Every method can throw a `GuestFileError`. The in-memory file system implements the interface. Worker threads access that file system
 * through a client that also implements the interface, so files are kept when the worker of a run is killed.
 */
export interface GuestFileSystem {
  stat(path: string, options?: { readonly followLinks?: boolean }): GuestStat;
  open(path: string, options: GuestOpenOptions): number;
  close(handle: number): void;
  statHandle(handle: number): GuestStat;
  /** Reads up to `length` bytes from `position`. Returns no bytes at the end of the file. */
  read(handle: number, position: number, length: number): Uint8Array;
  /** Writes all of `bytes` at `position`, or at the end of the file if `position` is `'end'`. Returns the position after the last byte. */
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

/** The context of a program inside the sandbox. The program can access nothing outside this context. */
export interface GuestContext {
  /** The arguments. `argv[0]` is the name by which the program was called. */
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
  /** An absolute path that exists. */
  readonly cwd: string;
  readonly files: GuestFileSystem;
  /** Blocks until input arrives. Returns up to `length` bytes, or no bytes at the end of input. */
  readInput(length: number): Uint8Array;
  /** Blocks while the output buffer is full. */
  writeOutput(stream: 'stdout' | 'stderr', bytes: Uint8Array): void;
  /** Blocks the current thread. */
  sleep(milliseconds: number): void;
  readonly memoryBytes: number;
}

/** The exit of a program. */
export interface GuestExit {
  readonly exitCode: number;
  /** Present if a limit ended the program. */
  readonly limit?: 'memory' | 'disk';
  /** One sentence that explains the exit. Present if `limit` is present. */
  readonly reason?: string;
}

/** An interpreter. It runs on a worker thread and may block that thread. Another thread can end the interpreter at any time. */
export type GuestProgram = (context: GuestContext) => Promise<GuestExit>;
