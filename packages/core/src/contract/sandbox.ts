import type { SandboxCapabilities } from './capabilities.ts';
import type { SandboxFiles } from './files.ts';
import type { Limits } from './limits.ts';
import type { ExitStatus, RunOptions, RunResult, SandboxProcess, SpawnOptions } from './process.ts';
import type { SandboxSession } from './sandbox-session.ts';

export interface FindProgramsOptions {
  readonly names: readonly string[];
  readonly abortSignal?: AbortSignal | undefined;
}

export interface ListTreeOptions {
  /** Directory to begin at. Default: the workspace. */
  readonly path?: string | undefined;
  /** Entries after which listing stops. Default 10,000. */
  readonly maxEntries?: number | undefined;
  /** Told once when there is more than `maxEntries`, which is left out. */
  readonly onTruncated?: ((maxEntries: number) => void) | undefined;
  /** Called for each file and directory that is left out because file operations do not accept its name, such as one with a backslash. */
  readonly onSkipped?: ((entry: SkippedEntry) => void) | undefined;
  /** Leaves out names that begin with a dot, and what is below them. Default false. */
  readonly skipHidden?: boolean | undefined;
  readonly abortSignal?: AbortSignal | undefined;
}

/** One regular file below a directory. */
export interface TreeEntry {
  /** Relative to the directory that was listed. */
  readonly path: string;
  readonly size: number;
  readonly modifiedMs?: number;
}

/** A file or directory whose name file operations do not accept. */
export interface SkippedEntry extends Partial<TreeEntry> {
  readonly path: string;
  /** What kind of name would be accepted. */
  readonly expected: string;
}

/**
 * What happens to processes that are still running: `keep` leaves them running, `end` ends every process of the
 * sandbox's user except those that keep the machine itself alive.
 */
export type Leftovers = 'keep' | 'end';

export interface DetachOptions {
  /** Default: `keep` for a sandbox from `attach()` or `resume()`, `end` for one from `create()` or `claim()`. */
  readonly leftovers?: Leftovers | undefined;
}

export interface ExtendOptions {
  /** Milliseconds from now after which the platform removes the sandbox; null: never, where the platform allows it. */
  readonly expiresInMs: number | null;
  readonly abortSignal?: AbortSignal | undefined;
}

export interface ConnectOptions {
  /** A TCP port of the sandbox's loopback interface, 1 to 65,535. */
  readonly port: number;
  /** Milliseconds to wait for a port that is not open yet. Default 0: fail at once. */
  readonly waitMs?: number | undefined;
  /** Ends the connection too, once it is open. */
  readonly abortSignal?: AbortSignal | undefined;
}

/** A connection that carries bytes in both directions, with back pressure. Disposing of it closes it. */
export interface ByteDuplex extends AsyncDisposable {
  /** Ends when the other side has sent everything; fails if the connection breaks. */
  readonly readable: ReadableStream<Uint8Array>;
  /** Closing it tells the other side that no more bytes follow. Without `canHalfClose` it closes the whole connection. */
  readonly writable: WritableStream<Uint8Array>;
  /** True: bytes still arrive after `writable` was closed. */
  readonly canHalfClose: boolean;
  /** Resolves when the connection has ended in both directions, for whatever reason. Never rejects. */
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

/** A program on a terminal of its own. What it prints is raw bytes with control sequences, written by guest code. */
export interface Terminal extends AsyncDisposable {
  readonly output: ReadableStream<Uint8Array>;
  readonly input: WritableStream<Uint8Array>;
  resize(size: TerminalSize): Promise<void>;
  /** @throws as {@link SandboxProcess.wait}. */
  wait(): Promise<ExitStatus>;
  kill(): Promise<void>;
}

/**
 * One isolated machine: its processes and its files.
 *
 * Processes run in parallel. Disposing of a sandbox ends them and removes the machine; it is idempotent.
 * `detach()` lets go of the machine and leaves it running until it expires.
 */
export interface Sandbox extends SandboxFiles, AsyncDisposable {
  /** The platform's identifier; `attach({ id })` finds the sandbox by it. */
  readonly id: string;
  /** The name that the caller chose, where there is one; `attach({ name })` finds the sandbox by it. */
  readonly name: string | undefined;
  /** The labels that the sandbox was created with. */
  readonly labels: Readonly<Record<string, string>>;
  /** What a model should know about this machine: system, directories, limits, network. */
  readonly description: string;
  readonly limits: Limits;
  /** Milliseconds between TERM and KILL when a program is ended. Absent: 2 s, or no such time. */
  readonly graceMs?: number;
  readonly capabilities: SandboxCapabilities;
  /** Absolute path of the workspace: the base of relative paths and the default working directory. */
  readonly workspace: string;
  /** Resolves with the reason, one sentence, when the machine is gone, whoever ended it. Never rejects. */
  readonly lost: Promise<string>;
  spawn(options: SpawnOptions): Promise<SandboxProcess>;
  /**
   * Runs a program to its end and collects its output.
   *
   * @throws {ProcessLost} carrying the output so far, when there is no exit code.
   * @throws the abort's reason when it was aborted.
   */
  run(options: RunOptions): Promise<RunResult>;
  /** The programs among `names` that the sandbox can start. */
  findPrograms(options: FindProgramsOptions): Promise<ReadonlySet<string>>;
  /** All regular files below a directory, links neither listed nor followed; empty when it does not exist. */
  listTree(options?: ListTreeOptions): Promise<TreeEntry[]>;
  /**
   * Opens a connection to a program that listens inside the sandbox. Works while the network is closed.
   *
   * @throws {SandpodError} `connection-refused` when nothing listens within `waitMs`; `unsupported` where
   * `capabilities.ports` is false or the image has no program that can relay bytes.
   */
  connect(options: ConnectOptions): Promise<ByteDuplex>;
  /** Starts a program on a terminal. Present where `capabilities.terminal` is true. */
  openTerminal?(options: OpenTerminalOptions): Promise<Terminal>;
  /**
   * Moves the sandbox's expiry, to an earlier or a later time. Guest code cannot do this.
   *
   * @throws {SandpodError} `unsupported` where the platform cannot keep a sandbox for that long.
   */
  extend(options: ExtendOptions): Promise<void>;
  /**
   * Ends every process of the sandbox's user, however it was started, except those that keep the machine itself alive.
   * Runs of this client end as `session-lost`; files stay.
   *
   * @throws {SandpodError} `transport` when a process may have survived; the sandbox must then be replaced.
   */
  endProcesses(options?: { readonly abortSignal?: AbortSignal | undefined }): Promise<void>;
  /**
   * Lets go of the machine, which stays until it expires. Ends the connections and the foreground processes of this object, and,
   * with `leftovers: 'end'`, every other process too. Afterwards this object refuses every use. Idempotent; later disposal does nothing.
   *
   * @throws {SandpodError} `unsupported` where sandboxes live and die with this process; `transport` when a process may have survived
   * `leftovers: 'end'`: nothing was detached then, and disposing of the sandbox is the way out.
   */
  detach(options?: DetachOptions): Promise<void>;
  /** Ends all processes and keeps the files, for the provider's `resume()`. Present where `capabilities.pause` is true. */
  pause?(): Promise<void>;
  /** The narrow handle for tools, in the shape of the AI SDK's `Experimental_SandboxSession`. */
  restricted(): SandboxSession;
  [Symbol.asyncDispose](): Promise<void>;
}
