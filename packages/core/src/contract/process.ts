/** A piece of output, in the order in which the platform delivered it. */
export interface OutputChunk {
  readonly stream: 'stdout' | 'stderr';
  readonly bytes: Uint8Array;
}

/** A file to write to the workspace before a process starts. */
export interface InputFile {
  /** Relative to the workspace. Absolute paths and paths that contain `..` or NUL are rejected. */
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** Either a program with its arguments, which runs without a shell, or a shell command. */
export type Program =
  | { readonly argv: readonly [string, ...string[]]; readonly command?: never }
  | { readonly command: string; readonly argv?: never };

export interface ProcessOptions {
  /**
   * Environment variables to set in addition to the sandbox's variables. Names match `[A-Za-z_][A-Za-z0-9_]*`; values are passed unchanged.
   */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Working directory, relative to the workspace or absolute. It must exist. Default: the workspace. */
  readonly cwd?: string | undefined;
  /** Files to write before the start. If a file cannot be written, nothing is started. */
  readonly files?: readonly InputFile[] | undefined;
  /**
   * Time limit in milliseconds, enforced inside the sandbox. The process and all processes that it started get TERM, and KILL after
   * the grace period. Default: none.
   */
  readonly timeoutMs?: number | undefined;
  /**
   * Maximum output of both streams together, in bytes. If it is exceeded, the process ends with `output-limit`. Default: the sandbox's
   * limit.
   */
  readonly outputBytes?: number | undefined;
  /** Kills the process and all processes that it started. `wait()` then rejects with the abort reason. */
  readonly abortSignal?: AbortSignal | undefined;
}

export type SpawnOptions = Program &
  ProcessOptions & {
    /** If true, the process gets a `stdin` stream. Closing the stream sends end-of-file. Default: standard input is empty. */
    readonly stdin?: boolean | undefined;
  };

export type RunOptions = Program &
  ProcessOptions & {
    /** Standard input. Default: empty. */
    readonly stdin?: string | Uint8Array | ReadableStream<Uint8Array> | undefined;
    /** Maximum number of bytes to keep for each stream, half from its start and half from its end. Default 1 MiB. */
    readonly keptOutputBytes?: number | undefined;
  };

export interface RunResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly outcome: 'ok' | 'failed';
  /** One sentence that explains the exit. Present if more than the exit code is known. */
  readonly reason?: string;
}

export interface ExitStatus {
  readonly exitCode: number;
  readonly reason?: string;
}

/** The signals that `signal()` can send. */
export const SIGNAL_NAMES = ['HUP', 'INT', 'QUIT', 'KILL', 'USR1', 'USR2', 'TERM', 'CONT', 'STOP', 'TSTP', 'WINCH'] as const;
export type SignalName = (typeof SIGNAL_NAMES)[number];

/** A process that was started in a sandbox. */
export interface SandboxProcess {
  /** The process id inside the sandbox, if the platform has process ids. */
  readonly pid?: number;
  /**
   * Both streams in order of arrival. Read either `output`, or `stdout` and `stderr`.
   * As with a pipe, the process blocks if about 1 MiB of a stream has not been read, unless `wait()` was called.
   */
  readonly output: ReadableStream<OutputChunk>;
  readonly stdout: ReadableStream<Uint8Array>;
  readonly stderr: ReadableStream<Uint8Array>;
  /** Present if the process was spawned with `stdin: true`. */
  readonly stdin?: WritableStream<Uint8Array>;
  /**
   * Resolves when the process has exited by itself, or after `kill()`, with exit code 137. If a stream has no reader at this time, unread
   * output does not block the process: everything after the first MiB is dropped, and a later reader gets an error after that MiB.
   *
   * @throws {ProcessLost} if there is no exit code because of a limit, a lost sandbox or a lost connection.
   * @throws the abort reason if the signal aborts.
   */
  wait(): Promise<ExitStatus>;
  /**
   * Sends a signal to the process group of the process. Does nothing if the process has ended.
   *
   * @throws {SandpodError} `unsupported` if `capabilities.signals` is false; `invalid-options` for an unknown name.
   */
  signal(name: SignalName): Promise<void>;
  /** Kills the process and all processes that it started, then resolves. Idempotent. */
  kill(): Promise<void>;
}
