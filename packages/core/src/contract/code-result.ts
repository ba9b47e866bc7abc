import type { Outcome } from './outcome.ts';

/** How much of a stream is missing in a result. */
export interface StreamTruncation {
  readonly totalBytes: number;
  readonly keptBytes: number;
  readonly omittedBytes: number;
}

export interface TruncationReport {
  readonly stdout?: StreamTruncation;
  readonly stderr?: StreamTruncation;
}

/** A display object as in Jupyter: one value in several MIME types. Values come from a guest: never execute or inline them. */
export interface RichResult {
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** The value of the last expression rather than a display call. */
  readonly isMainResult: boolean;
  /** Identifies a display that a later result with the same id replaces. */
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
  /** Relative to the workspace, `/` between parts. */
  readonly path: string;
  readonly size: number;
  /** Guessed from the extension; `application/octet-stream` when unknown. */
  readonly mediaType: string;
  /** The whole content. Absent if the file exceeds a limit for collecting. */
  readonly content?: Uint8Array;
  /** Why `content` is absent. */
  readonly reason?: string;
}

/** The result of one block. */
export interface BlockResult {
  readonly outcome: Outcome;
  /** The program's exit code; null unless a process exited by itself; 0 for a block that was only saved. */
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
  /** The interpreter's counter of executed blocks, if it has one. */
  readonly executionCount?: number;
  readonly durationMs: number;
  /** One sentence that explains the outcome. Present unless a program ended with `ok`. */
  readonly reason?: string;
}

/** The result of one call: one shape for success and failure. */
export interface CodeResult {
  /** The outcome of the last block that was tried. If work after an `ok` block did not end in time, for example collecting files: `timeout`. */
  readonly outcome: Outcome;
  /** The program's exit code; null unless a process exited by itself. */
  readonly exitCode: number | null;
  /** Both streams of all blocks, in the order in which this client received them. */
  readonly output: string;
  readonly stdout: string;
  readonly stderr: string;
  /** Present if the texts above are not complete. */
  readonly truncated?: TruncationReport;
  /** One result for each block that was tried. Blocks after a failure are not tried. */
  readonly blocks: readonly BlockResult[];
  /** The file with the first block's code, relative to the workspace. */
  readonly codeFile?: string;
  /** The files that `collectFiles` selected. */
  readonly files: readonly OutputFile[];
  readonly results: readonly RichResult[];
  /** True if the sandbox or kernel had to be replaced: files and variables of earlier calls are gone. */
  readonly stateLost: boolean;
  /**
   * Milliseconds that this call waited for a start: of the sandbox or kernel, of the functions module, and of the first program.
   * Almost 0 if everything was running. Absent if the executor does not measure it.
   */
  readonly startMs?: number;
  /** Milliseconds from the first block's start to the end of the call. Waiting in the queue and `startMs` are excluded. */
  readonly durationMs: number;
  /** One sentence that explains the outcome. With `ok`, it explains why files are missing in `files`. */
  readonly reason?: string;
}
