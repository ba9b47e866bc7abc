/** Options of every file operation. Relative paths are relative to the sandbox's workspace. */
export interface PathOptions {
  /**
   * A relative path must stay in the workspace, even after links are resolved. A write replaces a link instead of following it.
   * An absolute path refers to the sandbox's file system.
   */
  readonly path: string;
  readonly abortSignal?: AbortSignal | undefined;
  /**
   * Milliseconds for the operation; then it rejects with `transport`. For `readFile`: until the stream is there. For a write: since the
   * source last delivered bytes. Default 60 s.
   */
  readonly timeoutMs?: number | undefined;
}

export interface ReadFileOptions extends PathOptions {
  /** Maximum size in bytes; a larger file fails with `file-too-large`. Default: no limit for streams, 64 MiB for other reads. */
  readonly maxBytes?: number | undefined;
}

export interface ReadTextFileOptions extends ReadFileOptions {
  /** A WHATWG encoding label. Default `utf-8`. */
  readonly encoding?: string | undefined;
  /** First line to read, 1-based. */
  readonly startLine?: number | undefined;
  /** Last line to read, inclusive. It may be past the end of the file. */
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
  /** Time of the last change in milliseconds since the epoch, if the back end reports it. */
  readonly modifiedMs?: number;
}

export interface DirectoryEntry {
  readonly name: string;
  readonly type: 'file' | 'directory' | 'symlink' | 'other';
  /** Size of a file in bytes, if the listing contains it. Otherwise call `stat`. */
  readonly size?: number;
  /** Time of a file's last change in milliseconds since the epoch, if the listing contains it. */
  readonly modifiedMs?: number;
}

/** File operations of a sandbox. Names and behaviour follow the AI SDK's sandbox session. */
export interface SandboxFiles {
  /** Reads a file as a stream; null if it does not exist. Rejects on a directory. */
  readFile(options: ReadFileOptions): Promise<ReadableStream<Uint8Array> | null>;
  /** Reads a whole file; null if it does not exist. */
  readBinaryFile(options: ReadFileOptions): Promise<Uint8Array | null>;
  /** Reads a text file or a range of its lines; null if it does not exist. */
  readTextFile(options: ReadTextFileOptions): Promise<string | null>;
  /** Writes a file from a stream. Creates missing directories. Replaces an existing file only after all bytes have arrived. Rejects on a directory. */
  writeFile(options: WriteFileOptions<ReadableStream<Uint8Array>>): Promise<void>;
  writeBinaryFile(options: WriteFileOptions<Uint8Array>): Promise<void>;
  writeTextFile(options: WriteTextFileOptions): Promise<void>;
  /** Returns type and size of the file that a path leads to, after following links; null if there is none. */
  stat(options: PathOptions): Promise<FileStat | null>;
  /** Lists one directory, in no particular order; does not follow links. Null if it does not exist. Rejects on a file. */
  listDirectory(options: PathOptions): Promise<DirectoryEntry[] | null>;
  /** Deletes a file or a link; false if it does not exist. Rejects on a directory. */
  deleteFile(options: PathOptions): Promise<boolean>;
}
