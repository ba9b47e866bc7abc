import type { SandboxCapabilities } from './capabilities.ts';
import type { Environment } from './environment.ts';
import type { SandboxFiles } from './files.ts';
import type { Limits } from './limits.ts';
import type { ExitStatus, RunOptions, RunResult, SandboxProcess, SpawnOptions } from './process.ts';
import type { SandboxSession } from './sandbox-session.ts';

export interface FindProgramsOptions {
  readonly names: readonly string[];
  readonly abortSignal?: AbortSignal | undefined;
}

export interface ListTreeOptions {
  /** Directory to start from. Default: the workspace. */
  readonly path?: string | undefined;
  /** Maximum number of entries to list. Default 10,000. */
  readonly maxEntries?: number | undefined;
  /** Called once if there are more than `maxEntries` entries. The other entries are left out. */
  readonly onTruncated?: ((maxEntries: number) => void) | undefined;
  /**
   * Called for each file and directory that is omitted because file operations reject its name, for example because it contains a
   * backslash.
   */
  readonly onSkipped?: ((entry: SkippedEntry) => void) | undefined;
  /** If true, leaves out files and directories whose names begin with a dot. Default false. */
  readonly skipHidden?: boolean | undefined;
  readonly abortSignal?: AbortSignal | undefined;
}

/** A regular file below the listed directory. */
export interface TreeEntry {
  /** Relative to the listed directory. */
  readonly path: string;
  readonly size: number;
  readonly modifiedMs?: number;
}

/** A file or directory that is not listed because file operations reject its name. */
export interface SkippedEntry extends Partial<TreeEntry> {
  readonly path: string;
  /** Describes the names that are accepted. */
  readonly expected: string;
}

/**
 * Determines what happens to processes that are still running. `keep`: they keep running. `end`: every process of the sandbox's user is
 * ended, except the processes that keep the machine itself alive.
 */
export type Leftovers = 'keep' | 'end';

export interface DetachOptions {
  /** Default: `keep` for a sandbox from `attach()` or `resume()`, and `end` for a sandbox from `create()` or `claim()`. */
  readonly leftovers?: Leftovers | undefined;
}

export interface ExtendOptions {
  /** Milliseconds from now until the platform removes the sandbox. If null, the sandbox never expires. Not all platforms support this. */
  readonly expiresInMs: number | null;
  readonly abortSignal?: AbortSignal | undefined;
}

export interface ConnectOptions {
  /** A TCP port on the sandbox's loopback interface, 1 to 65,535. */
  readonly port: number;
  /** Milliseconds to wait if the port is not open yet. Default 0: fail immediately. */
  readonly waitMs?: number | undefined;
  /** Aborts the attempt to connect. If the connection is already open, closes it. */
  readonly abortSignal?: AbortSignal | undefined;
}

/** A connection that carries bytes in both directions, with back pressure. Disposal closes the connection. */
export interface ByteDuplex extends AsyncDisposable {
  /** Ends when the other side has sent everything. Fails if the connection breaks. */
  readonly readable: ReadableStream<Uint8Array>;
  /**
   * Closing this stream signals the end of the data to the other side. If `canHalfClose` is false, closing it ends the whole connection.
   */
  readonly writable: WritableStream<Uint8Array>;
  /** True if bytes can still arrive after `writable` is closed. */
  readonly canHalfClose: boolean;
  /** Resolves when the connection has ended in both directions, for any reason. Never rejects. */
  readonly closed: Promise<void>;
  /** Closes both directions, then resolves. Idempotent. */
  close(): Promise<void>;
}

export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

export interface OpenTerminalOptions extends TerminalSize {
  readonly argv: readonly [string, ...string[]];
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Relative to the workspace or absolute. Default: the workspace. */
  readonly cwd?: string | undefined;
  readonly abortSignal?: AbortSignal | undefined;
}

/** A program that runs on a terminal. Its output is raw bytes from guest code and can contain any control sequence. */
export interface Terminal extends AsyncDisposable {
  readonly output: ReadableStream<Uint8Array>;
  readonly input: WritableStream<Uint8Array>;
  resize(size: TerminalSize): Promise<void>;
  /** Waits until the program has exited. @throws the same errors as {@link SandboxProcess.wait}. */
  wait(): Promise<ExitStatus>;
  kill(): Promise<void>;
}

/**
 * An isolated machine with processes and files.
 *
 * Processes run in parallel. Disposal ends all processes and removes the machine; it is idempotent. After `detach()`, the machine keeps
 * running until it expires.
 */
export interface Sandbox extends SandboxFiles, AsyncDisposable {
  /** The platform's identifier for the sandbox, for `attach({ id })`. */
  readonly id: string;
  /** The name that the caller chose, for `attach({ name })`. Undefined if the sandbox has no name. */
  readonly name: string | undefined;
  /** The labels that were set when the sandbox was created. */
  readonly labels: Readonly<Record<string, string>>;
  /** A description of this machine for a model: system, directories, limits and network. */
  readonly description: string;
  /** What programs find in this machine, for advice after a failure. */
  readonly environment?: Environment;
  readonly limits: Limits;
  /** Milliseconds between TERM and KILL when a program is ended. Absent if it is 2 s, or if the back end has no grace period. */
  readonly graceMs?: number;
  readonly capabilities: SandboxCapabilities;
  /** Absolute path of the workspace: the base of relative paths and the default working directory. */
  readonly workspace: string;
  /** Resolves when the machine is gone, for any reason. The value is one sentence that explains the reason. Never rejects. */
  readonly lost: Promise<string>;
  spawn(options: SpawnOptions): Promise<SandboxProcess>;
  /**
   * Runs a program until it exits, and collects its output.
   *
   * @throws {ProcessLost} if there is no exit code. The error contains the output so far.
   * @throws the abort reason if the signal aborts.
   */
  run(options: RunOptions): Promise<RunResult>;
  /** Returns the subset of `names` that the sandbox can start as programs. */
  findPrograms(options: FindProgramsOptions): Promise<ReadonlySet<string>>;
  /**
   * Lists all regular files below a directory. Links are neither listed nor followed. Returns an empty list if the directory does not
   * exist.
   */
  listTree(options?: ListTreeOptions): Promise<TreeEntry[]>;
  /**
   * Opens a connection to a program that listens in the sandbox. Works even if the network is closed.
   *
   * @throws {SandpodError} `connection-refused` if no program listens within `waitMs`; `unsupported` if
   * `capabilities.ports` is false or the image has no program that can relay bytes.
   */
  connect(options: ConnectOptions): Promise<ByteDuplex>;
  /** Starts a program on a terminal. Present if `capabilities.terminal` is true. */
  openTerminal?(options: OpenTerminalOptions): Promise<Terminal>;
  /**
   * Changes the sandbox's expiry to an earlier or later time. Guest code cannot do this.
   *
   * @throws {SandpodError} `unsupported` if the platform cannot keep a sandbox for that long.
   */
  extend(options: ExtendOptions): Promise<void>;
  /**
   * Ends every process of the sandbox's user, no matter how it was started, except the processes that keep the machine
   * itself alive. Programs that this client started end with outcome `session-lost`. Files are kept.
   *
   * @throws {SandpodError} `transport` if a process may have survived. The sandbox must then be replaced.
   */
  endProcesses(options?: { readonly abortSignal?: AbortSignal | undefined }): Promise<void>;
  /**
   * Detaches this object from the machine, which keeps running until it expires. Ends this object's connections and foreground processes.
   * With `leftovers: 'end'`, ends every other process too. Afterwards, this object rejects all other calls. Idempotent; later disposal does
   * nothing.
   *
   * @throws {SandpodError} `unsupported` if sandboxes cannot outlive this process; `transport` if a process may have survived
   * `leftovers: 'end'`. In that case, the sandbox is not detached; dispose of it instead.
   */
  detach(options?: DetachOptions): Promise<void>;
  /** Ends all processes and keeps the files until the provider's `resume()`. Present if `capabilities.pause` is true. */
  pause?(): Promise<void>;
  /** Returns a restricted view of the sandbox for tools, with the interface of the AI SDK's `Experimental_SandboxSession`. */
  restricted(): SandboxSession;
  [Symbol.asyncDispose](): Promise<void>;
}
