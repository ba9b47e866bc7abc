import type { Limits, Sandbox, SandboxProvider } from '@sandpod/core';
import type { GuestPrograms } from '../guest/guest-programs.ts';
import type { ExpectedDifference } from '../suite/register-suite.ts';
import type { TestRunner } from '../suite/test-runner.ts';

export interface SandboxFactoryOptions {
  /**
   * Limits that a test can reach quickly. A provider that has no such option can ignore them, because the suite reads the actual limits
   * from `sandbox.limits`.
   */
  readonly limits?: Partial<Limits>;
}

/** A client in a separate process, which the suite kills without warning. */
export interface CrashClient {
  /** Starts a process that creates a sandbox and runs an endless program in it. Resolves when that program is running. */
  start(): Promise<{ readonly id: string; kill(): Promise<void> }>;
  /** Resolves with a list of all processes, containers and pods of that sandbox that still exist. */
  survivors(id: string): Promise<readonly string[]>;
  /** Milliseconds after which no part of the sandbox may exist anymore. */
  readonly withinMs: number;
}

export interface SandboxSuiteConfig {
  readonly runner: TestRunner;
  /** The back end's name in reports. */
  readonly name: string;
  /** Creates a new provider. */
  factory(options: SandboxFactoryOptions): SandboxProvider | Promise<SandboxProvider>;
  /** The sample programs. Default: Python if the sandbox has it, else POSIX shell. */
  readonly guest?: GuestPrograms;
  /** Factor by which the suite multiplies every duration, for slow machines. Default 1. */
  readonly timeScale?: number;
  /** If true, also runs the tests that transfer large amounts of data. Default false. */
  readonly large?: boolean;
  /** Ends the sandbox without telling the client, as a crash or an operator would. */
  readonly destroy?: (sandbox: Sandbox) => Promise<void>;
  readonly crash?: CrashClient;
  /**
   * True if guests run directly on this machine, without isolation. The suite then skips programs that would damage the machine. Default
   * false.
   */
  readonly sharesMachine?: boolean;
  readonly expectedDifferences?: readonly ExpectedDifference[];
}
