/** What became of one test. `expected-difference`: it failed, as its back end's author had declared. */
export type TestStatus = 'pending' | 'passed' | 'failed' | 'expected-difference' | 'not-run';

export interface TestReport {
  readonly theme: string;
  readonly name: string;
  readonly status: TestStatus;
  /** Why it did not run, why it differs, or how it failed. */
  readonly reason?: string;
  readonly durationMs?: number;
}

/** What one suite found about one back end; complete when the suite has ended. */
export interface ConformanceReport {
  readonly suite: 'SandboxProvider' | 'CodeExecutor';
  /** The back end's name. */
  readonly name: string;
  /** The back end's capabilities, as the suite read them. */
  readonly capabilities: unknown;
  readonly tests: readonly TestReport[];
}
