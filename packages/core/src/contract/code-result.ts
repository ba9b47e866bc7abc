import type { Outcome } from './outcome.ts';

/** Byte counts for a stream that the result contains only in part. */
export interface StreamTruncation {
  readonly totalBytes: number;
  readonly keptBytes: number;
  readonly omittedBytes: number;
}

export interface TruncationReport {
  readonly stdout?: StreamTruncation;
  readonly stderr?: StreamTruncation;
}

/** A display object, as in Jupyter: one value in several MIME types. Guest code controls the contents, so never execute or inline them. */
export interface RichResult {
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** True if this is the value of the last expression, false if it comes from a display call. */
  readonly isMainResult: boolean;
  /** Id of the display. A later result with the same id replaces this result. */
  readonly displayId?: string;
}

/** An error reported by the language, if the back end reports it separately from stderr. */
export interface ExecutionError {
  readonly name: string;
  readonly value: string;
  readonly traceback: readonly string[];
}

/** A file that a run created or changed. */
export interface OutputFile {
  /** Relative to the workspace, with `/` as separator. */
  readonly path: string;
  readonly size: number;
  /** Guessed from the extension. `application/octet-stream` if the extension is unknown. */
  readonly mediaType: string;
  /** The whole content. Absent if the file exceeds a limit for collecting. */
  readonly content?: Uint8Array;
  /** The reason why `content` is absent. */
  readonly reason?: string;
}

/** The result of one block. */
export interface BlockResult {
  readonly outcome: Outcome;
  /** The program's exit code, or 0 for a block that was only saved. Null unless a process exited by itself. */
  readonly exitCode: number | null;
  /** The language's id. For an unknown language, the name from the block. */
  readonly language: string;
  /** The file with the code, relative to the workspace. */
  readonly codeFile?: string;
  readonly output: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly truncated?: TruncationReport;
  readonly results: readonly RichResult[];
  readonly error?: ExecutionError;
  /** Number of blocks that the interpreter has executed, if the interpreter counts them. */
  readonly executionCount?: number;
  readonly durationMs: number;
  /** One sentence that explains the outcome. Absent only if a program ended with `ok`. */
  readonly reason?: string;
}

/** The result of a call. Success and failure have the same shape. */
export interface CodeResult {
  /**
   * The outcome of the last block that sandpod attempted to run. If that block was `ok` but the work after it took too long, for example
   * collecting files, the outcome is `timeout`.
   */
  readonly outcome: Outcome;
  /** The program's exit code. Null unless a process exited by itself. */
  readonly exitCode: number | null;
  /** Both streams of all blocks, in the order in which this client received them. */
  readonly output: string;
  readonly stdout: string;
  readonly stderr: string;
  /** Present if the texts above are not complete. */
  readonly truncated?: TruncationReport;
  /** One result for each block that sandpod attempted to run. Blocks after a failure are not attempted. */
  readonly blocks: readonly BlockResult[];
  /** The file with the first block's code, relative to the workspace. */
  readonly codeFile?: string;
  /** The files that `collectFiles` selected. */
  readonly files: readonly OutputFile[];
  readonly results: readonly RichResult[];
  /** True if the sandbox or kernel had to be replaced. Files and variables from earlier calls are then gone. */
  readonly stateLost: boolean;
  /**
   * Milliseconds that this call waited for the sandbox or kernel to start, for the functions to be set up, and for the first program to
   * start. Almost 0 if everything was already running. Absent if the executor does not measure this time.
   */
  readonly startMs?: number;
  /** Milliseconds from the first block's start to the end of the call, excluding queue time and `startMs`. */
  readonly durationMs: number;
  /** One sentence that explains the outcome. If the outcome is `ok`, it explains why files are missing from `files`. */
  readonly reason?: string;
}
