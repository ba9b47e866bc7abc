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
  /** Ends the call with outcome `cancelled` and the output so far; nothing of the run survives. */
  readonly abortSignal?: AbortSignal | undefined;
  /** Milliseconds for all blocks together, waiting in the queue and start-up excluded. Default: the executor's, 60 s. */
  readonly timeoutMs?: number | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Relative to the workspace. Default: the workspace. */
  readonly cwd?: string | undefined;
  /** What the first block may read from standard input; later blocks read nothing. */
  readonly stdin?: string | Uint8Array | undefined;
  /** Arguments for every block's program. */
  readonly args?: readonly string[] | undefined;
  /** Files to put into the workspace before the first block. */
  readonly files?: readonly InputFile[] | undefined;
  /**
   * Which new or changed files to return: true for all, or globs relative to the workspace. Default: none.
   * Code files, hidden files and directories, and links are never collected.
   */
  readonly collectFiles?: boolean | readonly string[] | undefined;
  /** Hears of a start that this call had to wait for. */
  readonly onProgress?: OnProgress | undefined;
}

export interface CreateContextOptions {
  /** A language's id or alias. Default `python`. */
  readonly language?: string | undefined;
  /** Relative to the workspace. Default: the workspace. */
  readonly cwd?: string | undefined;
  readonly abortSignal?: AbortSignal | undefined;
}

/** What could follow at one position of some code. */
export interface Completions {
  readonly matches: readonly string[];
  /** The part of the code that a match replaces, as UTF-16 offsets: from `cursorStart` to before `cursorEnd`. */
  readonly cursorStart: number;
  readonly cursorEnd: number;
}

/**
 * Code blocks in, results out. Calls are queued, first in, first out.
 *
 * What guest code causes is a result. What the platform causes before the code could start is a thrown `SandpodError`.
 */
export interface CodeExecutor extends AsyncDisposable {
  readonly capabilities: ExecutorCapabilities;
  /** The files of the sandbox, where the executor keeps one. Using them starts it. */
  readonly files?: SandboxFiles;
  /** Makes the sandbox ready. Idempotent; the first call of `execute` does it too. */
  start(options?: StartOptions): Promise<void>;
  /** Runs the blocks in order and stops at the first failure. Leaving the loop cancels. */
  stream(blocks: readonly CodeBlock[], options?: ExecuteOptions): AsyncIterable<ExecutionEvent>;
  /** Like `stream`, but resolves with the result only. */
  execute(blocks: readonly CodeBlock[], options?: ExecuteOptions): Promise<CodeResult>;
  /** One block, Python unless said otherwise. */
  runCode(code: string, options?: ExecuteOptions & { readonly language?: string | undefined }): Promise<CodeResult>;
  /** Makes a separate set of variables for later calls. Present where `capabilities.state` is `kernel`. */
  createContext?(options?: CreateContextOptions): Promise<{ readonly id: string }>;
  /** Removes a context and its variables; false when it does not exist. Present with `createContext`. */
  deleteContext?(options: { readonly id: string }): Promise<boolean>;
  /** Answers a program that asks for a line of input. Present where programs can ask. */
  sendInput?(text: string): Promise<void>;
  /** Suggests how code could go on at a cursor (a UTF-16 offset). Present where `capabilities.state` is `kernel`. */
  complete?(options: { readonly code: string; readonly cursor: number; readonly contextId?: string | undefined }): Promise<Completions>;
  /** Replaces the sandbox by a fresh one; a running call ends as `cancelled`. */
  restart(options?: StartOptions): Promise<void>;
  /** Removes the sandbox. Idempotent, safe while running (the run ends as `cancelled`); `start()` works again afterwards. */
  stop(options?: { readonly abortSignal?: AbortSignal | undefined }): Promise<void>;
  describe(): Description;
  [Symbol.asyncDispose](): Promise<void>;
}
