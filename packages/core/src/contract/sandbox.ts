import type { SandboxCapabilities } from './capabilities.ts';
import type { SandboxFiles } from './files.ts';
import type { Limits } from './limits.ts';
import type { RunOptions, RunResult, SandboxProcess, SpawnOptions } from './process.ts';
import type { SandboxSession } from './sandbox-session.ts';

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
  findPrograms(options: { readonly names: readonly string[]; readonly abortSignal?: AbortSignal | undefined }): Promise<ReadonlySet<string>>;
  /** The narrow handle for tools, in the shape of the AI SDK's `Experimental_SandboxSession`. */
  restricted(): SandboxSession;
}
