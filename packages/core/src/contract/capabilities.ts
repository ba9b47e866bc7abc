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
  /** `attach()` finds a sandbox that another process made. */
  readonly attach: boolean;
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
  /** Languages whose output arrives while they run. */
  readonly streaming: readonly string[];
  readonly network: 'none' | 'closed' | 'open';
  /** MIME bundles besides text. */
  readonly richResults: boolean;
  readonly enforces: readonly LimitName[];
}
