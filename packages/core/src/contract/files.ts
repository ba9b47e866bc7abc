/** Options shared by every file operation. Relative paths count from the sandbox's workspace. */
export interface PathOptions {
  /**
   * A relative path stays in the workspace, also after links are resolved; a write replaces a link instead of following it.
   * An absolute path means what it means inside the sandbox.
   */
  readonly path: string;
  readonly abortSignal?: AbortSignal | undefined;
}

export interface ReadFileOptions extends PathOptions {
  /** Bytes after which the read fails with `file-too-large`. Default: no limit for streams, 64 MiB for whole reads. */
  readonly maxBytes?: number | undefined;
}

export interface ReadTextFileOptions extends ReadFileOptions {
  /** A WHATWG encoding label. Default `utf-8`. */
  readonly encoding?: string | undefined;
  /** First line wanted, 1-based and inclusive. */
  readonly startLine?: number | undefined;
  /** Last line wanted, inclusive; past the end of the file is not an error. */
  readonly endLine?: number | undefined;
}

export interface WriteFileOptions<Content> extends PathOptions {
  readonly content: Content;
}

export interface WriteTextFileOptions extends WriteFileOptions<string> {
  /** `utf-8` (default), `utf-16le`, `latin1`, `ascii`, `base64` or `hex`. */
  readonly encoding?: string | undefined;
}

export interface FileStat {
  readonly type: 'file' | 'directory' | 'other';
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since the epoch, where the back end knows. */
  readonly modifiedMs?: number;
}

export interface DirectoryEntry {
  readonly name: string;
  readonly type: 'file' | 'directory' | 'symlink' | 'other';
  /** Bytes of a file, where the back end learns them with the listing; else `stat` knows. */
  readonly size?: number;
  /** Milliseconds since the epoch of a file's last change, where the back end learns them with the listing. */
  readonly modifiedMs?: number;
}

/** The file half of a sandbox. Names and meanings follow the AI SDK's sandbox session. */
export interface SandboxFiles {
  /** Streams a file; null when it does not exist. Rejects on a directory. */
  readFile(options: ReadFileOptions): Promise<ReadableStream<Uint8Array> | null>;
  /** Reads a whole file; null when it does not exist. */
  readBinaryFile(options: ReadFileOptions): Promise<Uint8Array | null>;
  /** Reads a text file or a range of its lines; null when it does not exist. */
  readTextFile(options: ReadTextFileOptions): Promise<string | null>;
  /** Writes a file from a stream; parents are made, an existing file is replaced only when all bytes have arrived. Rejects on a directory. */
  writeFile(options: WriteFileOptions<ReadableStream<Uint8Array>>): Promise<void>;
  writeBinaryFile(options: WriteFileOptions<Uint8Array>): Promise<void>;
  writeTextFile(options: WriteTextFileOptions): Promise<void>;
  /** Describes what a path leads to, links followed; null when nothing is there. */
  stat(options: PathOptions): Promise<FileStat | null>;
  /** Lists one directory without following links, in no particular order; null when it does not exist. Rejects on a file. */
  listDirectory(options: PathOptions): Promise<DirectoryEntry[] | null>;
  /** Deletes a file or a link; false when it does not exist. Rejects on a directory. */
  deleteFile(options: PathOptions): Promise<boolean>;
}
