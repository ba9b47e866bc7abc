import type { Outcome } from './outcome.ts';

/** How much of one stream was left out of a result. */
export interface StreamTruncation {
  readonly totalBytes: number;
  readonly keptBytes: number;
  readonly omittedBytes: number;
}

export interface TruncationReport {
  readonly stdout?: StreamTruncation;
  readonly stderr?: StreamTruncation;
}

/** A display object as Jupyter knows it: one value in several MIME types. Values are data: never execute or inline them. */
export interface RichResult {
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** The value of the last expression rather than a display call. */
  readonly isMainResult: boolean;
  /** Names a display that later results of the same id replace. */
  readonly displayId?: string;
}

/** An error that the language reported, where the back end has it apart from stderr. */
export interface ExecutionError {
  readonly name: string;
  readonly value: string;
  readonly traceback: readonly string[];
}

/** A file that a run made or changed. */
export interface OutputFile {
  /** Relative to the workspace, `/` between parts. */
  readonly path: string;
  readonly size: number;
  /** Guessed from the extension; `application/octet-stream` when unknown. */
  readonly mediaType: string;
  /** The whole content, unless it was larger than the limit for collecting. */
  readonly content?: Uint8Array;
  /** Why `content` is missing. */
  readonly reason?: string;
}

/** What became of one block. */
export interface BlockResult {
  readonly outcome: Outcome;
  /** The program's exit code; null unless a process exited by itself. 0 for a block that was only saved. */
  readonly exitCode: number | null;
  /** The language's id; what was asked for when it is unknown. */
  readonly language: string;
  /** Where the code was saved, relative to the workspace. */
  readonly codeFile?: string;
  readonly output: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly truncated?: TruncationReport;
  readonly results: readonly RichResult[];
  readonly error?: ExecutionError;
  /** The interpreter's count of executed blocks, where it keeps one. */
  readonly executionCount?: number;
  readonly durationMs: number;
  /** Why it ended, one sentence. Present unless a program ended with `ok`. */
  readonly reason?: string;
}

/** The result of one call: one shape for success and failure. */
export interface CodeResult {
  /** That of the last block that was tried. */
  readonly outcome: Outcome;
  /** The program's exit code; null unless a process exited by itself. */
  readonly exitCode: number | null;
  /** Both streams of all blocks, in the order in which this client saw them. */
  readonly output: string;
  readonly stdout: string;
  readonly stderr: string;
  /** Present when anything was left out of the texts above. */
  readonly truncated?: TruncationReport;
  /** One for each block that was tried; blocks after a failure are not. */
  readonly blocks: readonly BlockResult[];
  /** Where the first block's code was saved, relative to the workspace. */
  readonly codeFile?: string;
  /** What `collectFiles` found. */
  readonly files: readonly OutputFile[];
  readonly results: readonly RichResult[];
  /** True when the sandbox or kernel had to be replaced, so that later calls do not see what earlier ones left. */
  readonly stateLost: boolean;
  /** From the first block's start to the last one's end; waiting and start-up excluded. */
  readonly durationMs: number;
  /** Why it ended, one sentence. Present unless `ok`; with `ok` it says why files are missing from `files`. */
  readonly reason?: string;
}
