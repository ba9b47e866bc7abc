/** The status of a test. `expected-difference` means that the test failed, as the back end's author declared. */
export type TestStatus = 'pending' | 'passed' | 'failed' | 'expected-difference' | 'not-run';

export interface TestReport {
  readonly theme: string;
  readonly name: string;
  readonly status: TestStatus;
  /** The reason why the test did not run, differs, or failed. */
  readonly reason?: string;
  readonly durationMs?: number;
}

/** The report of a suite on a back end. Complete when the suite has ended. */
export interface ConformanceReport {
  readonly suite: 'SandboxProvider' | 'CodeExecutor';
  /** The back end's name. */
  readonly name: string;
  /** The back end's capabilities, as the suite has read them. */
  readonly capabilities: unknown;
  readonly tests: readonly TestReport[];
}
