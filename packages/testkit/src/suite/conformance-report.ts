/** The status of a test. `expected-difference` means that the test failed, as the back end's author had declared. */
export type TestStatus = 'pending' | 'passed' | 'failed' | 'expected-difference' | 'not-run';

export interface TestReport {
  readonly theme: string;
  readonly name: string;
  readonly status: TestStatus;
  /** The reason why the test did not run, differs, or failed. */
  readonly reason?: string;
  readonly durationMs?: number;
}

/** The results of a suite for one back end. They are complete when the suite has ended. */
export interface ConformanceReport {
  readonly suite: 'SandboxProvider' | 'CodeExecutor';
  /** The back end's name. */
  readonly name: string;
  /** The back end's capabilities when the suite read them. */
  readonly capabilities: unknown;
  readonly tests: readonly TestReport[];
}
