import type { SandboxCapabilities } from './capabilities.ts';
import type { SandboxFiles } from './files.ts';
import type { Limits } from './limits.ts';
import type { RunOptions, RunResult, SandboxProcess, SpawnOptions } from './process.ts';
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

/**
 * One isolated machine: its processes and its files.
 *
 * Processes run in parallel. Disposing of a sandbox ends them and removes the machine; it is idempotent.
 */
export interface Sandbox extends SandboxFiles, AsyncDisposable {
  readonly id: string;
  /** What a model should know about this machine: system, directories, limits, network. */
  readonly description: string;
  readonly limits: Limits;
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
  /** The narrow handle for tools, in the shape of the AI SDK's `Experimental_SandboxSession`. */
  restricted(): SandboxSession;
  [Symbol.asyncDispose](): Promise<void>;
}
