import type { Limits, Sandbox, SandboxProvider } from '@sandpod/core';
import type { GuestPrograms } from '../guest/guest-programs.ts';
import type { ExpectedDifference } from '../suite/register-suite.ts';
import type { TestRunner } from '../suite/test-runner.ts';

export interface SandboxFactoryOptions {
  /** Limits that a test wants to reach quickly. A provider without such an option ignores them; the suite asks `sandbox.limits`. */
  readonly limits?: Partial<Limits>;
}

/** A client in a process of its own, to be killed without warning. */
export interface CrashClient {
  /** Starts a process that makes a sandbox and runs an endless program in it; resolves when that program runs. */
  start(): Promise<{ readonly id: string; kill(): Promise<void> }>;
  /** What is left of that sandbox: processes, containers, pods. */
  survivors(id: string): Promise<readonly string[]>;
  /** Milliseconds after which nothing may be left. */
  readonly withinMs: number;
}

export interface SandboxSuiteConfig {
  readonly runner: TestRunner;
  /** The back end's name in reports. */
  readonly name: string;
  /** Makes a fresh provider. */
  factory(options: SandboxFactoryOptions): SandboxProvider | Promise<SandboxProvider>;
  /** The sample programs. Default: Python where the sandbox has it, else POSIX shell. */
  readonly guest?: GuestPrograms;
  /** Factor on every duration of the suite, for slow machines. Default 1. */
  readonly timeScale?: number;
  /** Also the tests that move much data. Default false. */
  readonly large?: boolean;
  /** Ends the machine behind the client's back, as a crash or an operator would. */
  readonly destroy?: (sandbox: Sandbox) => Promise<void>;
  readonly crash?: CrashClient;
  /** True: guests run on this machine itself, without isolation. Programs that would damage it are then not run. Default false. */
  readonly sharesMachine?: boolean;
  readonly expectedDifferences?: readonly ExpectedDifference[];
}
