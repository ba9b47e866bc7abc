import type { ExecutorCapabilities } from './capabilities.ts';
import type { CodeBlock } from './code-block.ts';
import type { CodeResult } from './code-result.ts';
import type { ExecutionEvent } from './execution-event.ts';
import type { SandboxFiles } from './files.ts';
import type { InputFile } from './process.ts';
import type { Description, OnProgress } from './sandbox-provider.ts';

export interface StartOptions {
  readonly onProgress?: OnProgress | undefined;
  readonly abortSignal?: AbortSignal | undefined;
}

export interface ExecuteOptions {
  /** Runs the blocks in this context. Only executors whose `capabilities.state` is `kernel` have contexts. Default: the executor's own. */
  readonly contextId?: string | undefined;
  /** Ends the call with outcome `cancelled` and the output so far. Every process of the run is ended. */
  readonly abortSignal?: AbortSignal | undefined;
  /** Milliseconds for all blocks together, waiting in the queue and start-up excluded. Default: the executor's, 60 s. */
  readonly timeoutMs?: number | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Relative to the workspace. Default: the workspace. */
  readonly cwd?: string | undefined;
  /** Standard input of the first block. Later blocks have an empty standard input. */
  readonly stdin?: string | Uint8Array | undefined;
  /** Arguments for the program of each block. */
  readonly args?: readonly string[] | undefined;
  /** Files to write to the workspace before the first block runs. */
  readonly files?: readonly InputFile[] | undefined;
  /**
   * Which new or changed files to return: true for all, or globs relative to the workspace. Default: none.
   * Code files, hidden files, hidden directories and links are never returned.
   */
  readonly collectFiles?: boolean | readonly string[] | undefined;
  /** Receives start progress if this call has to wait for the sandbox. */
  readonly onProgress?: OnProgress | undefined;
}

export interface CreateContextOptions {
  /** A language's id or alias. Default `python`. */
  readonly language?: string | undefined;
  /** Relative to the workspace. Default: the workspace. */
  readonly cwd?: string | undefined;
  readonly abortSignal?: AbortSignal | undefined;
}

/** Suggestions for one position in code. */
export interface Completions {
  readonly matches: readonly string[];
  /** The part of the code that a match replaces, as UTF-16 offsets: from `cursorStart` to before `cursorEnd`. */
  readonly cursorStart: number;
  readonly cursorEnd: number;
}

/**
 * Runs code blocks and returns results. Calls are queued, first in, first out, unless `capabilities.parallelCalls` is true.
 *
 * Failures of guest code are results. Failures of the platform before the code could start are thrown as `SandpodError`.
 */
export interface CodeExecutor extends AsyncDisposable {
  readonly capabilities: ExecutorCapabilities;
  /** Files of the sandbox, if the executor keeps a sandbox. The first file operation starts it. */
  readonly files?: SandboxFiles;
  /** Starts the sandbox. Idempotent. The first `execute()` also starts it. */
  start(options?: StartOptions): Promise<void>;
  /** Runs the blocks in order and stops at the first failure. Leaving the loop cancels the call. */
  stream(blocks: readonly CodeBlock[], options?: ExecuteOptions): AsyncIterable<ExecutionEvent>;
  /** Like `stream()`, but resolves with the final result. */
  execute(blocks: readonly CodeBlock[], options?: ExecuteOptions): Promise<CodeResult>;
  /** Runs one block. Default language: Python. */
  runCode(code: string, options?: ExecuteOptions & { readonly language?: string | undefined }): Promise<CodeResult>;
  /** Creates a separate set of variables for later calls. Present if `capabilities.state` is `kernel`. */
  createContext?(options?: CreateContextOptions): Promise<{ readonly id: string }>;
  /** Removes a context and its variables; false if it does not exist. Present with `createContext`. */
  deleteContext?(options: { readonly id: string }): Promise<boolean>;
  /** Sends a line of input to a program that waits for one. Present if programs can ask for input. */
  sendInput?(text: string): Promise<void>;
  /** Suggests completions at a cursor (a UTF-16 offset). Present if `capabilities.state` is `kernel`. */
  complete?(options: { readonly code: string; readonly cursor: number; readonly contextId?: string | undefined }): Promise<Completions>;
  /** Replaces the sandbox by a fresh one. A running call ends with `cancelled`. */
  restart(options?: StartOptions): Promise<void>;
  /** Removes the sandbox. Idempotent. A running call ends with `cancelled`. Afterwards, `start()` works again. */
  stop(options?: { readonly abortSignal?: AbortSignal | undefined }): Promise<void>;
  describe(): Description;
  [Symbol.asyncDispose](): Promise<void>;
}
