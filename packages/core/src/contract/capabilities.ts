import type { LimitName } from './limits.ts';

/** What the sandboxes of a back end can do. Conformance suites select their tests by it, and tools describe it to models. */
export interface SandboxCapabilities {
  /** `spawn({ stdin: true })` is supported. */
  readonly stdin: boolean;
  /** Programs can start other programs, and background processes keep running after the program that started them ends. */
  readonly backgroundProcesses: boolean;
  /** Output of a shell command arrives while it runs. False: it arrives when the command has ended. */
  readonly shellStreaming: boolean;
  /** Programs receive signals, so that they can handle TERM before KILL. */
  readonly signals: boolean;
  /** `attach()` finds a sandbox that another process created, and `detach()` leaves one behind. */
  readonly attach: boolean;
  /** `connect()` reaches a TCP port of the sandbox's loopback interface, also when the network is closed. */
  readonly ports: boolean;
  /** `pause()` ends all processes and keeps the files; the provider's `resume()` continues with them. */
  readonly pause: boolean;
  /** `openTerminal()` starts a program on a terminal. */
  readonly terminal: boolean;
  /** `none`: the sandbox has no network. `closed`: the network is closed unless an option opens it. */
  readonly network: 'none' | 'closed';
  /** `real`: a kernel with users, capabilities and `/proc`. `virtual`: the sandbox has none of these. */
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

/** What an executor can do: before `start()` what its back end supports, afterwards what the sandbox contains. */
export interface ExecutorCapabilities {
  readonly languages: readonly LanguageCapability[];
  /** What a call leaves for later calls. `files`: the workspace. `kernel`: the workspace and variables. */
  readonly state: 'none' | 'files' | 'kernel';
  readonly stdin: boolean;
  readonly files: boolean;
  /** Calls to this executor run at the same time. False: they are queued, first in, first out. */
  readonly parallelCalls: boolean;
  /** `merged`: stderr arrives as part of stdout. */
  readonly streams: 'separate' | 'merged';
  /** A program that ends by itself has an exit code. False: code runs in an interpreter that keeps running. */
  readonly exitCodes: boolean;
  /** Languages whose output arrives while they run. */
  readonly streaming: readonly string[];
  readonly network: 'none' | 'closed' | 'open';
  /** Results can contain MIME bundles, for example images. */
  readonly richResults: boolean;
  readonly enforces: readonly LimitName[];
}
