/** One piece of a process's output, in the order in which the platform delivered it. */
export interface OutputChunk {
  readonly stream: 'stdout' | 'stderr';
  readonly bytes: Uint8Array;
}

/** A file to be put into the workspace before a process starts, in the same step. */
export interface InputFile {
  /** Relative to the workspace; `..`, absolute names and NUL are refused. */
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** What to start: a program with its arguments, which never meets a shell, or a shell line that its caller wrote. */
export type Program =
  | { readonly argv: readonly [string, ...string[]]; readonly command?: never }
  | { readonly command: string; readonly argv?: never };

export interface ProcessOptions {
  /** Variables on top of the sandbox's own. Names match `[A-Za-z_][A-Za-z0-9_]*`; values arrive verbatim. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Working directory, relative to the workspace or absolute. It must exist. Default: the workspace. */
  readonly cwd?: string | undefined;
  /** Files written before the start; if one cannot be written, nothing starts. */
  readonly files?: readonly InputFile[] | undefined;
  /** Total time in milliseconds, enforced inside the sandbox: TERM, grace, KILL of all that the process started. Default: none. */
  readonly timeoutMs?: number | undefined;
  /** Bytes of output, both streams together, after which the process is stopped with `output-limit`. Default: the sandbox's limit. */
  readonly outputBytes?: number | undefined;
  /** Kills the process and all that it started; `wait()` rejects with the signal's reason. */
  readonly abortSignal?: AbortSignal | undefined;
}

export type SpawnOptions = Program &
  ProcessOptions & {
    /** True: the process gets a `stdin` stream; its close is the end of file. Default: standard input is empty. */
    readonly stdin?: boolean | undefined;
  };

export type RunOptions = Program &
  ProcessOptions & {
    /** Everything that the process may read. Default: nothing. */
    readonly stdin?: string | Uint8Array | ReadableStream<Uint8Array> | undefined;
    /** Bytes kept of each stream, half from the start and half from the end. Default 1 MiB. */
    readonly keptOutputBytes?: number | undefined;
  };

export interface RunResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly outcome: 'ok' | 'failed';
  /** Why it ended, one sentence, where more is known than the exit code. */
  readonly reason?: string;
}

export interface ExitStatus {
  readonly exitCode: number;
  readonly reason?: string;
}

/** The signals that `signal()` can send. */
export const SIGNAL_NAMES = ['HUP', 'INT', 'QUIT', 'KILL', 'USR1', 'USR2', 'TERM', 'CONT', 'STOP', 'TSTP', 'WINCH'] as const;
export type SignalName = (typeof SIGNAL_NAMES)[number];

/** A running process of a sandbox. */
export interface SandboxProcess {
  /** The platform's process id inside the sandbox, where it has one. */
  readonly pid?: number;
  /**
   * Both streams in one order. Read either this or `stdout` and `stderr`, not both.
   * Like a pipe, a stream that nobody reads stops the process once about 1 MiB waits in it.
   */
  readonly output: ReadableStream<OutputChunk>;
  readonly stdout: ReadableStream<Uint8Array>;
  readonly stderr: ReadableStream<Uint8Array>;
  /** Present when `stdin: true` was given. */
  readonly stdin?: WritableStream<Uint8Array>;
  /**
   * Resolves when the process has ended by itself.
   *
   * @throws {ProcessLost} when there is no exit code: a limit, a lost sandbox, a lost connection.
   * @throws the abort's reason when it was aborted.
   */
  wait(): Promise<ExitStatus>;
  /**
   * Sends a signal to the process and to the children in its process group. A process that has ended is left alone.
   *
   * @throws {SandpodError} `unsupported` where `capabilities.signals` is false; `invalid-options` for an unknown name.
   */
  signal(name: SignalName): Promise<void>;
  /** Kills the process and all that it started, then resolves. Idempotent. */
  kill(): Promise<void>;
}
