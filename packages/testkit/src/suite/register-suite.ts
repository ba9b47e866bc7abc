import { within } from '../tools/within.ts';
import { type ConformanceTest, fullName, type Theme } from './conformance-test.ts';
import type { ReportRecorder } from './report-recorder.ts';
import type { TestRunner } from './test-runner.ts';

const DEFAULT_BUDGET_MS = 30_000;
/** Milliseconds for the clean-up after a test. The runner's time limit includes them, so that the suite can report a failure first. */
const CLEAN_UP_MS = 30_000;

/** A known difference of a back end: the test must fail, and the report contains the reason. */
export interface ExpectedDifference {
  /** `theme › name of the test`, which the runner and the report also show. */
  readonly test: string;
  /** The reason for the difference, in one sentence. */
  readonly reason: string;
}

/** The instance that the tests of a theme share. */
export interface ThemeFixture<Context> {
  /** Creates a context for one test. `cleanUp` removes everything that the test created. */
  context(): { readonly context: Context; cleanUp(): Promise<void> };
  close(): Promise<void>;
}

export interface SuiteRegistration<Context, Requirement extends string> {
  readonly runner: TestRunner;
  readonly recorder: ReportRecorder;
  readonly themes: readonly Theme<Context, Requirement>[];
  readonly timeScale: number;
  readonly expectedDifferences: readonly ExpectedDifference[];
  /** Returns the reason why a test does not apply. Undefined if it applies. */
  reasonNotToRun(test: ConformanceTest<Context, Requirement>): string | undefined;
  openTheme(): ThemeFixture<Context>;
}

/** Registers all tests that apply. Records the tests that do not apply, and prints them at the end, each with the reason. */
export function registerSuite<Context, Requirement extends string>(registration: SuiteRegistration<Context, Requirement>): void {
  const { runner, recorder, themes } = registration;
  refuseStaleDifferences(registration);
  runner.describe(`${recorder.report.name}: ${recorder.report.suite} conformance`, () => {
    for (const theme of themes) registerTheme(registration, theme);
    runner.afterAll(async () => {
      for (const remark of recorder.remarks()) console.info(remark);
    }, CLEAN_UP_MS);
  });
}

function registerTheme<Context, Requirement extends string>(
  registration: SuiteRegistration<Context, Requirement>,
  theme: Theme<Context, Requirement>,
): void {
  const { runner, recorder, timeScale } = registration;
  const applicable = theme.tests.filter((test) => {
    const reason = registration.reasonNotToRun(test);
    recorder.note({
      theme: theme.name,
      name: test.name,
      ...(reason === undefined ? { status: 'pending' } : { status: 'not-run', reason }),
    });
    return reason === undefined;
  });
  if (applicable.length === 0) return;
  runner.describe(theme.name, () => {
    const fixture = registration.openTheme();
    for (const test of applicable) {
      const budgetMs = (test.budgetMs ?? DEFAULT_BUDGET_MS) * timeScale;
      runner.it(test.name, () => runAndNote({ registration, theme, test, fixture, budgetMs }), budgetMs + CLEAN_UP_MS * timeScale);
    }
    runner.afterAll(() => fixture.close(), CLEAN_UP_MS * timeScale);
  });
}

interface TestRun<Context, Requirement extends string> {
  readonly registration: SuiteRegistration<Context, Requirement>;
  readonly theme: Theme<Context, Requirement>;
  readonly test: ConformanceTest<Context, Requirement>;
  readonly fixture: ThemeFixture<Context>;
  readonly budgetMs: number;
}

async function runAndNote<Context, Requirement extends string>(run: TestRun<Context, Requirement>): Promise<void> {
  const { registration, theme, test } = run;
  const name = fullName(theme, test);
  const difference = registration.expectedDifferences.find((candidate) => candidate.test === name);
  const startedMs = performance.now();
  const error = await failureOf(run);
  const head = { theme: theme.name, name: test.name, durationMs: Math.round(performance.now() - startedMs) };
  if (difference === undefined) {
    registration.recorder.note({ ...head, ...(error === undefined ? { status: 'passed' } : { status: 'failed', reason: error.message }) });
    if (error !== undefined) throw error;
    return;
  }
  if (error !== undefined) return registration.recorder.note({ ...head, status: 'expected-difference', reason: difference.reason });
  const reason = `The back end no longer differs; remove the expected difference for "${name}".`;
  registration.recorder.note({ ...head, status: 'failed', reason });
  throw new Error(reason);
}

async function failureOf<Context, Requirement extends string>(run: TestRun<Context, Requirement>): Promise<Error | undefined> {
  const { fixture, test, budgetMs } = run;
  const { context, cleanUp } = fixture.context();
  try {
    try {
      await within(test.body(context), { ms: budgetMs, what: 'the test to end' });
    } finally {
      await within(cleanUp(), { ms: CLEAN_UP_MS, what: 'the clean-up after the test to end' });
    }
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(`Thrown: ${String(error)}`);
  }
}

function refuseStaleDifferences<Context, Requirement extends string>(registration: SuiteRegistration<Context, Requirement>): void {
  const known = new Set(registration.themes.flatMap((theme) => theme.tests.map((test) => fullName(theme, test))));
  for (const { test, reason } of registration.expectedDifferences) {
    if (!known.has(test)) throw new Error(`expectedDifferences: expected the name of a test, given ${JSON.stringify(test)}.`);
    if (reason.trim() === '') throw new Error(`expectedDifferences: expected a reason for ${JSON.stringify(test)}, given none.`);
  }
}
