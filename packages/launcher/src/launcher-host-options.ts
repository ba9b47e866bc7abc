import type { DiskLimit } from './disk-watch.ts';
import type { ExecTransport } from './exec-transport.ts';
import type { HiddenShell } from './hidden-shell.ts';
import type { LauncherLost } from './launcher-failure.ts';
import type { LossExplanation } from './loss-explanation.ts';

export interface LauncherHostOptions {
  readonly transport: ExecTransport;
  readonly workspace: string;
  /** See `LauncherSettings`. Default true. */
  readonly ownsProcesses?: boolean | undefined;
  /** See `LauncherSettings`. */
  readonly hiddenShell?: HiddenShell | undefined;
  /** Milliseconds between TERM and KILL. Default 2 s. */
  readonly graceMs?: number | undefined;
  /** The maximum output of one run, in bytes. */
  readonly outputBytes: number;
  /**
   * Resource limits for every program. The keys are the letters of `ulimit` options, for example `{ n: 1024 }`. Core dumps are always off.
   */
  readonly ulimits?: Readonly<Record<string, number>> | undefined;
  /** The number of launchers that wait for work. Default 1. */
  readonly ahead?: number | undefined;
  /**
   * Called when a connection ended before it was known how the program ended. Returns the platform's explanation, and should take at most
   * two seconds.
   */
  readonly explainLoss?: ((loss: LauncherLost) => Promise<LossExplanation | undefined>) | undefined;
  /** Called when the memory limit ended a program. Finds out whether something else uses the memory. */
  readonly explainMemoryLimit?: (() => Promise<Pick<LossExplanation, 'reason' | 'isSandboxLost'> | undefined>) | undefined;
  /**
   * Directories whose size is checked while programs run, for platforms that enforce disk limits late. If a limit is exceeded, the sandbox
   * is lost.
   */
  readonly diskLimits?: readonly DiskLimit[] | undefined;
  /** Called when the sandbox is gone, or must be replaced because processes of a run may have survived the end of the run. */
  readonly onLost: (reason: string) => void;
}
