import type { LimitName } from './limits.ts';

/** What a back end's sandboxes can do; decides which conformance tests run and what tools tell a model. */
export interface SandboxCapabilities {
  /** `spawn({ stdin: true })` works. */
  readonly stdin: boolean;
  /** Programs may start other programs, and background children outlive the program that started them. */
  readonly backgroundProcesses: boolean;
  /** Output of a shell line arrives while it runs; false: when the line has ended. */
  readonly shellStreaming: boolean;
  /** Signals reach programs, so that TERM can be handled before KILL. */
  readonly signals: boolean;
  /** `attach()` finds a sandbox that another process created, and `detach()` leaves one behind. */
  readonly attach: boolean;
  /** `connect()` reaches a TCP port of the sandbox's loopback interface, also when the network is closed. */
  readonly ports: boolean;
  /** `pause()` ends all processes and keeps the files; the provider's `resume()` continues with them. */
  readonly pause: boolean;
  /** `openTerminal()` starts a program on a terminal. */
  readonly terminal: boolean;
  /** `none`: there is no network at all. `closed`: closed unless a named option opens it. */
  readonly network: 'none' | 'closed';
  /** `real`: a kernel with users, capabilities and `/proc`. `virtual`: none of these exist inside. */
  readonly kernel: 'real' | 'virtual';
  readonly enforces: readonly LimitName[];
}

/** One language of an executor. */
export interface LanguageCapability {
  readonly id: string;
  readonly aliases: readonly string[];
  /** `run`: executed. `save`: written to the workspace only. */
  readonly policy: 'run' | 'save';
}

/** What an executor can do; before `start()` what its back end promises, afterwards what was found in the sandbox. */
export interface ExecutorCapabilities {
  readonly languages: readonly LanguageCapability[];
  /** What later calls see of earlier ones. `files`: the workspace. `kernel`: variables too. */
  readonly state: 'none' | 'files' | 'kernel';
  readonly stdin: boolean;
  readonly files: boolean;
  /** Calls to this executor run at the same time. False: they are queued, first in, first out. */
  readonly parallelCalls: boolean;
  /** `merged`: stderr arrives as part of stdout. */
  readonly streams: 'separate' | 'merged';
  /** A program that ends by itself has an exit code. False: code runs in an interpreter that lives on. */
  readonly exitCodes: boolean;
  /** Languages whose output arrives while they run. */
  readonly streaming: readonly string[];
  readonly network: 'none' | 'closed' | 'open';
  /** Results can hold MIME bundles besides text, for example images. */
  readonly richResults: boolean;
  readonly enforces: readonly LimitName[];
}
