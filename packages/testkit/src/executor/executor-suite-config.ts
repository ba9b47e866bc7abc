import type { CodeExecutor, Leftovers, Limits, PythonFunction, SandboxProvider, SandboxReference } from '@sandpod/core';
import type { GuestPrograms } from '../guest/guest-programs.ts';
import type { ExpectedDifference } from '../suite/register-suite.ts';
import type { TestRunner } from '../suite/test-runner.ts';

/** Options that tests set for an executor. */
export interface ExecutorFactoryOptions {
  readonly state?: 'files' | 'kernel';
  readonly timeoutMs?: number;
  /** Maps each language to true (run the code) or false (only save it). */
  readonly policies?: Readonly<Record<string, boolean>>;
  readonly keptOutputBytes?: number;
  readonly deleteTmpFiles?: boolean;
  readonly limits?: Partial<Limits>;
  readonly functions?: readonly (string | PythonFunction)[];
  readonly functionsModule?: string;
  readonly functionsTimeoutMs?: number;
  readonly packageIndex?: string;
  readonly leftovers?: Leftovers;
  readonly autoRemove?: boolean;
  readonly attachTo?: SandboxReference;
}

export type ExecutorFactoryOption = keyof ExecutorFactoryOptions;

export interface ExecutorSuiteConfig {
  readonly runner: TestRunner;
  /** The executor's name in reports. */
  readonly name: string;
  /** Creates an executor, but does not start it. Validates the options before it returns. */
  factory(options: ExecutorFactoryOptions): CodeExecutor | Promise<CodeExecutor>;
  /** Options of `factory` that this executor does not support. Tests that need them are reported as not run. */
  readonly ignoredOptions?: readonly ExecutorFactoryOption[];
  /** The sample programs. Default: Python if the executor runs it, else POSIX shell. */
  readonly guest?: GuestPrograms;
  /** Factor by which the suite multiplies every duration, for slow machines. Default 1. */
  readonly timeScale?: number;
  /** Ends the sandbox or kernel of a started executor without telling the client. */
  readonly destroy?: (executor: CodeExecutor) => Promise<void>;
  /** Creates a provider for the executor's sandboxes. If it is not set, the tests for `attachTo` and `autoRemove` do not run. */
  readonly provider?: () => SandboxProvider;
  readonly expectedDifferences?: readonly ExpectedDifference[];
}
