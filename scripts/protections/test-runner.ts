import { join } from 'node:path';
import { createVitest, type Vitest } from 'vitest/node';
import type { Protection } from './protection.ts';

type Project = 'unit' | 'int';

/** Runs single test files in one process, which is much faster than a process for each. */
export class TestRunner implements AsyncDisposable {
  readonly #root: string;
  readonly #running = new Map<Project, Promise<Vitest>>();
  readonly #changed = new Set<string>();

  /** @param root The folder with the configuration; also the working directory. */
  constructor(root: string) {
    this.#root = root;
  }

  /** Loads the configuration, which builds the packages. Call this before a file is changed. */
  async prepare(): Promise<void> {
    await this.#vitest('unit');
  }

  /** Makes the next run read the file again. */
  changed(path: string): void {
    this.#changed.add(path);
  }

  /** Returns the name of the first test that fails, or undefined if all pass. @throws {Error} if no test ran. */
  async firstFailure({ test, name }: Pick<Protection, 'test' | 'name'>): Promise<string | undefined> {
    const vitest = await this.#vitest(test.endsWith('.int.test.ts') ? 'int' : 'unit');
    for (const path of this.#changed) vitest.invalidateFile(path);
    if (name === undefined) vitest.resetGlobalTestNamePattern();
    else vitest.setGlobalTestNamePattern(name);
    const specifications = await vitest.globTestSpecifications([join(this.#root, test)]);
    // The result of vitest includes the files of earlier runs.
    const { testModules: all } = await vitest.runTestSpecifications(specifications);
    const testModules = all.filter(({ moduleId }) => moduleId === join(this.#root, test));
    const tests = testModules.flatMap(({ children }) => [...children.allTests()]);
    const errors = testModules.flatMap((module) => module.errors());
    if (!tests.some((each) => ['passed', 'failed'].includes(each.result().state)))
      throw new Error(`No test of ${test} ran: ${errors[0]?.message ?? 'none has this name'}`);
    return tests.find((each) => each.result().state === 'failed')?.fullName;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const vitest of this.#running.values()) await (await vitest).close();
  }

  #vitest(project: Project): Promise<Vitest> {
    const found = this.#running.get(project);
    if (found !== undefined) return found;
    const created = createVitest('test', { root: this.#root, watch: false, project: [project], reporters: [{}], retry: 0 });
    this.#running.set(project, created);
    return created;
  }
}
