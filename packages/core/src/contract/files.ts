/** Options for every file operation. */
export interface PathOptions {
  /**
   * Relative to the workspace, or an absolute path in the sandbox's file system. A relative path must stay in the workspace, even after
   * links are resolved. A write replaces a link instead of following it.
   */
  readonly path: string;
  readonly abortSignal?: AbortSignal | undefined;
  /**
   * Time limit in milliseconds, after which the operation rejects with `transport`. For `readFile`, it covers only the time until the
   * stream is returned. For a write, it starts again each time the source delivers bytes. Default 60 s; for the files of an executor, the
   * time limit of its calls.
   */
  readonly timeoutMs?: number | undefined;
}

export interface ReadFileOptions extends PathOptions {
  /** Maximum size in bytes. Reading a larger file fails with `file-too-large`. Default: no limit for streams, 64 MiB for other reads. */
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
  /** Size in bytes. */
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

/** File operations of a sandbox. Names and behavior follow the AI SDK's sandbox session. */
export interface SandboxFiles {
  /** Reads a file as a stream. Resolves to null if the file does not exist. Rejects if the path is a directory. */
  readFile(options: ReadFileOptions): Promise<ReadableStream<Uint8Array> | null>;
  /** Reads a whole file. Resolves to null if the file does not exist. */
  readBinaryFile(options: ReadFileOptions): Promise<Uint8Array | null>;
  /** Reads a text file or a range of its lines. Resolves to null if the file does not exist. */
  readTextFile(options: ReadTextFileOptions): Promise<string | null>;
  /**
   * Writes a file from a stream. Creates missing directories. Replaces an existing file only after all bytes have arrived.
   * Rejects if the path is a directory.
   */
  writeFile(options: WriteFileOptions<ReadableStream<Uint8Array>>): Promise<void>;
  writeBinaryFile(options: WriteFileOptions<Uint8Array>): Promise<void>;
  writeTextFile(options: WriteTextFileOptions): Promise<void>;
  /** Follows links and returns the type and size of the file. Resolves to null if the file does not exist. */
  stat(options: PathOptions): Promise<FileStat | null>;
  /**
   * Lists a directory in no particular order. Does not follow links. Resolves to null if the directory does not exist. Rejects if the path
   * is a file.
   */
  listDirectory(options: PathOptions): Promise<DirectoryEntry[] | null>;
  /** Deletes a file or a link. Resolves to false if it does not exist. Rejects if the path is a directory. */
  deleteFile(options: PathOptions): Promise<boolean>;
}
