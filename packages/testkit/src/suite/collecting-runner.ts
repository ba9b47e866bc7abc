import type { TestRunner } from './test-runner.ts';

/** The result of a test that a {@link CollectingRunner} ran. */
export interface CollectedTest {
  /** `theme › name of the test`. */
  readonly test: string;
  readonly error?: unknown;
}

interface Step {
  readonly kind: 'test' | 'after';
  /** Names of the groups that contain the test, starting with the suite. */
  readonly path: readonly string[];
  readonly name: string;
  readonly body: () => Promise<void>;
}

/** A test runner without dependencies. Collects the tests of a suite, and runs them one after the other in `run()`. */
export class CollectingRunner implements TestRunner {
  readonly #path: string[] = [];
  readonly #steps: Step[] = [];

  describe(name: string, body: () => void): void {
    this.#path.push(name);
    body();
    this.#path.pop();
  }

  it(name: string, body: () => Promise<void>): void {
    this.#steps.push({ kind: 'test', path: [...this.#path], name, body });
  }

  afterAll(body: () => Promise<void>): void {
    this.#steps.push({ kind: 'after', path: [...this.#path], name: 'clean-up', body });
  }

  /** Runs the tests whose full name passes the filter, and all clean-ups. By default, runs all tests. */
  async run(filter: (test: string) => boolean = () => true): Promise<CollectedTest[]> {
    const collected: CollectedTest[] = [];
    for (const { kind, path, name, body } of this.#steps) {
      const test = [...path.slice(1), name].join(' › ');
      if (kind === 'test' && !filter(test)) continue;
      const failure = await body().then(
        () => undefined,
        (error: unknown) => ({ test, error }),
      );
      if (kind === 'test' || failure !== undefined) collected.push(failure ?? { test });
    }
    return collected;
  }
}
