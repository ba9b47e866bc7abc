import type { CodeExecutor, Leftovers, Limits, PythonFunction, SandboxProvider, SandboxReference } from '@sandpod/core';
import type { GuestPrograms } from '../guest/guest-programs.ts';
import type { ExpectedDifference } from '../suite/register-suite.ts';
import type { TestRunner } from '../suite/test-runner.ts';

/** Options that tests want to give to an executor. */
export interface ExecutorFactoryOptions {
  readonly timeoutMs?: number;
  /** Language → true (run) or false (save only). */
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
  /** Makes a fresh executor that has not started; validates its options before it returns. */
  factory(options: ExecutorFactoryOptions): CodeExecutor | Promise<CodeExecutor>;
  /** Options of `factory` that this executor does not have; tests that need them are reported as not run. */
  readonly ignoredOptions?: readonly ExecutorFactoryOption[];
  /** The sample programs. Default: Python where the executor runs it, else POSIX shell. */
  readonly guest?: GuestPrograms;
  /** Factor on every duration of the suite, for slow machines. Default 1. */
  readonly timeScale?: number;
  /** Ends the sandbox or kernel of a started executor behind the client's back. */
  readonly destroy?: (executor: CodeExecutor) => Promise<void>;
  /** Makes a provider of the sandboxes that the executor uses, for the tests of `attachTo` and `autoRemove`. Default: they do not run. */
  readonly provider?: () => SandboxProvider;
  readonly expectedDifferences?: readonly ExpectedDifference[];
}
