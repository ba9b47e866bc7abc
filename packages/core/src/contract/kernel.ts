import type { ExecutionError, RichResult } from './code-result.ts';
import type { Sandbox } from './sandbox.ts';

export interface KernelInfo {
  /** Id of the language. */
  readonly language: string;
  /** The interpreter's version, as the interpreter reports it. */
  readonly languageVersion: string;
}

/** A message about a running cell. Guest code can forge all of it. The last message of a cell is `done`. */
export type KernelMessage =
  | { readonly type: 'stream'; readonly stream: 'stdout' | 'stderr'; readonly bytes: Uint8Array }
  | { readonly type: 'display'; readonly result: RichResult; readonly isUpdate: boolean }
  /** Removes the output and the displays of the cell so far. `wait`: only when the next output arrives. */
  | { readonly type: 'clear'; readonly wait: boolean }
  | { readonly type: 'error'; readonly error: ExecutionError }
  | { readonly type: 'done'; readonly executionCount: number };

export interface ExecuteCellOptions {
  readonly code: string;
  /** Environment variables for this cell. They are restored afterwards. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** An absolute path. The interpreter keeps this working directory. Default: no change. */
  readonly cwd?: string | undefined;
}

/** An interpreter that keeps its variables between cells. Runs one cell at a time. Disposal ends the interpreter. */
export interface Kernel extends AsyncDisposable {
  readonly info: KernelInfo;
  /** Resolves when the interpreter is gone, for any reason. The value is one sentence that explains the reason. Never rejects. */
  readonly lost: Promise<string>;
  /**
   * Runs a cell and returns its messages. If the code fails, the messages contain an `error`.
   *
   * @throws {ProcessLost} if the interpreter ends before the cell is done. {@link KernelExited} if it exited by itself.
   */
  execute(options: ExecuteCellOptions): AsyncIterable<KernelMessage>;
  /** Asks the interpreter to stop the running cell. Resolves to false if it has no way to do this. */
  interrupt(): Promise<boolean>;
}

export interface StartKernelOptions {
  readonly sandbox: Sandbox;
  /** The id of the language. */
  readonly language: string;
  /** The command that starts the interpreter. */
  readonly interpreter: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
  /** Relative to the workspace or absolute. Default: the workspace. */
  readonly cwd?: string | undefined;
  readonly abortSignal?: AbortSignal | undefined;
}

/** Starts kernels in sandboxes. */
export interface KernelProvider {
  /** Ids of the languages that have a kernel. Blocks in other languages run as programs. */
  readonly languages: ReadonlySet<string>;
  /** @throws {SandpodError} `start-failed` if the interpreter does not become a kernel. */
  start(options: StartKernelOptions): Promise<Kernel>;
}
