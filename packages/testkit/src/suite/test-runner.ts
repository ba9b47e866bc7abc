/** The part of a test runner that the suites need. `@sandpod/testkit/vitest` implements it with vitest. */
export interface TestRunner {
  describe(name: string, body: () => void): void;
  it(name: string, body: () => Promise<void>, timeoutMs: number): void;
  afterAll(body: () => Promise<void>, timeoutMs: number): void;
}
