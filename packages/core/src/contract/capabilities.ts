import type { LimitName } from './limits.ts';

/** The features of a back end's sandboxes. Conformance suites use them to select tests, and tools describe them to models. */
export interface SandboxCapabilities {
  /** True if `spawn({ stdin: true })` is supported. */
  readonly stdin: boolean;
  /** True if programs can start other programs, and background processes keep running after the program that started them ends. */
  readonly backgroundProcesses: boolean;
  /** True if the output of a shell command arrives while the command runs, false if it arrives after the command has ended. */
  readonly shellStreaming: boolean;
  /** True if programs receive signals, so that they can handle TERM before KILL. */
  readonly signals: boolean;
  /** True if `attach()` can use a sandbox that another process created, and `detach()` keeps a sandbox running. */
  readonly attach: boolean;
  /** True if `connect()` can reach a TCP port on the sandbox's loopback interface, even if the network is closed. */
  readonly ports: boolean;
  /** True if `pause()` can end all processes and keep the files for the provider's `resume()`. */
  readonly pause: boolean;
  /** True if `openTerminal()` can start a program on a terminal. */
  readonly terminal: boolean;
  /** `none`: the sandbox has no network. `closed`: the network is closed unless an option opens it. */
  readonly network: 'none' | 'closed';
  /** `real`: the sandbox has a kernel with users, capabilities and `/proc`. `virtual`: it has none of these. */
  readonly kernel: 'real' | 'virtual';
  readonly enforces: readonly LimitName[];
}

/** A language that an executor supports. */
export interface LanguageCapability {
  readonly id: string;
  readonly aliases: readonly string[];
  /** `run`: code is executed. `save`: code is only written to the workspace. */
  readonly policy: 'run' | 'save';
}

/** The features of an executor. Before `start()`, they depend only on the back end. Afterwards, they also depend on the sandbox. */
export interface ExecutorCapabilities {
  readonly languages: readonly LanguageCapability[];
  /** The state that persists between calls. `files`: the workspace. `kernel`: the workspace and variables. */
  readonly state: 'none' | 'files' | 'kernel';
  readonly stdin: boolean;
  readonly files: boolean;
  /** True if calls to this executor run at the same time, false if they are queued (first in, first out). */
  readonly parallelCalls: boolean;
  /** `merged`: stderr arrives as part of stdout. */
  readonly streams: 'separate' | 'merged';
  /** True if a program that exits by itself has an exit code, false if code runs in an interpreter that keeps running between calls. */
  readonly exitCodes: boolean;
  /** Ids of the languages whose output arrives while the program runs. */
  readonly streaming: readonly string[];
  readonly network: 'none' | 'closed' | 'open';
  /** True if results can contain MIME bundles, for example images. */
  readonly richResults: boolean;
  readonly enforces: readonly LimitName[];
}
