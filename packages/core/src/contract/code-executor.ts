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
  /** The context to run the blocks in. Only executors with `capabilities.state` `kernel` have contexts. Default: the default context. */
  readonly contextId?: string | undefined;
  /** If the signal aborts, the call ends with outcome `cancelled` and the output so far. All processes of the run are ended. */
  readonly abortSignal?: AbortSignal | undefined;
  /** Time limit in milliseconds for all blocks together, excluding queue time and start-up. Default: the executor's limit, or 60 s. */
  readonly timeoutMs?: number | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Working directory, relative to the workspace. Default: the workspace. */
  readonly cwd?: string | undefined;
  /** Standard input of the first block. Later blocks have an empty standard input. */
  readonly stdin?: string | Uint8Array | undefined;
  /** Arguments for the program of each block. */
  readonly args?: readonly string[] | undefined;
  /** Files to write to the workspace before the first block runs. */
  readonly files?: readonly InputFile[] | undefined;
  /**
   * Which new or changed files to return: true for all, false for none, or a list of globs relative to the workspace. Default: none. Code
   * files, hidden files, hidden directories and links are never returned.
   */
  readonly collectFiles?: boolean | readonly string[] | undefined;
  /** Receives the progress of the sandbox's start if this call must wait for it. */
  readonly onProgress?: OnProgress | undefined;
}

export interface CreateContextOptions {
  /** Id or alias of a language. Default `python`. */
  readonly language?: string | undefined;
  /** Relative to the workspace. Default: the workspace. */
  readonly cwd?: string | undefined;
  readonly abortSignal?: AbortSignal | undefined;
}

/** Suggestions for one position in code. */
export interface Completions {
  readonly matches: readonly string[];
  /** A match replaces the code from `cursorStart` (inclusive) to `cursorEnd` (exclusive). Both are UTF-16 offsets. */
  readonly cursorStart: number;
  readonly cursorEnd: number;
}

/**
 * Runs code blocks and returns results. Calls are queued, first in, first out, unless `capabilities.parallelCalls` is true.
 *
 * If guest code fails, the failure is a result. If the platform fails before the code could start, a `SandpodError` is thrown.
 */
export interface CodeExecutor extends AsyncDisposable {
  readonly capabilities: ExecutorCapabilities;
  /** File operations in the sandbox. Present if the executor keeps a sandbox. The first file operation starts the sandbox. */
  readonly files?: SandboxFiles;
  /** Resolves with the absolute path of the workspace, and starts the sandbox if necessary. Present if `files` is present. */
  workspace?(options?: { readonly abortSignal?: AbortSignal | undefined }): Promise<string>;
  /** Starts the sandbox. Idempotent. The first `execute()` also starts it. */
  start(options?: StartOptions): Promise<void>;
  /** Runs the blocks in order and stops at the first failure. If you leave the loop early, the call is cancelled. */
  stream(blocks: readonly CodeBlock[], options?: ExecuteOptions): AsyncIterable<ExecutionEvent>;
  /** Like `stream()`, but resolves with the final result. */
  execute(blocks: readonly CodeBlock[], options?: ExecuteOptions): Promise<CodeResult>;
  /** Runs one block. Default language: Python. */
  runCode(code: string, options?: ExecuteOptions & { readonly language?: string | undefined }): Promise<CodeResult>;
  /** Creates a separate set of variables for later calls. Present if `capabilities.state` is `kernel`. */
  createContext?(options?: CreateContextOptions): Promise<{ readonly id: string }>;
  /** Removes a context and its variables. Resolves to false if the context does not exist. Present if `createContext` is present. */
  deleteContext?(options: { readonly id: string }): Promise<boolean>;
  /** Sends a line of input to a program that is waiting for input. Present if programs can ask for input. */
  sendInput?(text: string): Promise<void>;
  /** Suggests completions at a cursor (a UTF-16 offset). Present if `capabilities.state` is `kernel`. */
  complete?(options: { readonly code: string; readonly cursor: number; readonly contextId?: string | undefined }): Promise<Completions>;
  /** Replaces the sandbox with a new sandbox. A running call ends with `cancelled`. */
  restart(options?: StartOptions): Promise<void>;
  /** Removes the sandbox. A running call ends with `cancelled`. This method is idempotent. Call `start()` to use the executor again. */
  stop(options?: { readonly abortSignal?: AbortSignal | undefined }): Promise<void>;
  describe(): Description;
  [Symbol.asyncDispose](): Promise<void>;
}
