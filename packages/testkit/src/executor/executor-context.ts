import assert from 'node:assert/strict';
import type {
  CodeBlock,
  CodeExecutor,
  CodeResult,
  ExecuteOptions,
  ExecutionEvent,
  Outcome,
  Sandbox,
  SandboxFiles,
  SandboxProvider,
} from '@sandpod/core';
import { ResultReader } from '@sandpod/core/backend';
import type { GuestPrograms } from '../guest/guest-programs.ts';
import { CleanUp } from '../tools/clean-up.ts';
import { expectOk, expectOutcome } from '../tools/expect-result.ts';
import { awaitedLater } from '../tools/within.ts';
import type { ExecutorFixture } from './executor-fixture.ts';
import type { ExecutorFactoryOptions } from './executor-suite-config.ts';

/** The context of one test of the executor suite. */
export class ExecutorContext {
  readonly guest: GuestPrograms;
  readonly timeScale: number;
  /** True if programs that end by themselves have an exit code. */
  readonly hasExitCodes: boolean;
  readonly destroy: ((executor: CodeExecutor) => Promise<void>) | undefined;
  readonly cleanUp: CleanUp = new CleanUp();
  readonly #fixture: ExecutorFixture;

  constructor(options: {
    readonly fixture: ExecutorFixture;
    readonly guest: GuestPrograms;
    readonly timeScale: number;
    readonly hasExitCodes: boolean;
    readonly destroy: ((executor: CodeExecutor) => Promise<void>) | undefined;
  }) {
    this.#fixture = options.fixture;
    this.guest = options.guest;
    this.timeScale = options.timeScale;
    this.hasExitCodes = options.hasExitCodes;
    this.destroy = options.destroy;
  }

  /** Returns the executor that the tests of a theme share. */
  shared(): Promise<CodeExecutor> {
    return this.#fixture.shared();
  }

  /** Creates an executor for this test, but does not start it. The executor is stopped at the end of the test. */
  async fresh(options: ExecutorFactoryOptions = {}): Promise<CodeExecutor> {
    const executor = await this.#fixture.make(options);
    this.cleanUp.defer(() => executor.stop());
    return executor;
  }

  /** Creates a provider for the sandboxes that executors use. The provider is disposed of at the end of the test. */
  provider(): SandboxProvider {
    const provider = this.#fixture.provider();
    this.cleanUp.defer(() => provider[Symbol.asyncDispose]());
    return provider;
  }

  /** Creates a sandbox for `attachTo`. It is removed at the end of the test. */
  async sandbox(): Promise<Sandbox> {
    const sandbox = await this.provider().create();
    this.cleanUp.defer(() => sandbox[Symbol.asyncDispose]());
    return sandbox;
  }

  /** Creates a block with a sample program. */
  block(source: string, filename?: string): CodeBlock {
    return { code: source, language: this.guest.language, ...(filename === undefined ? {} : { filename }) };
  }

  /** Runs a sample program, by default with the shared executor. */
  run(source: string, options: ExecuteOptions & { readonly executor?: CodeExecutor } = {}): Promise<CodeResult> {
    const { executor, ...rest } = options;
    const running = Promise.resolve(executor ?? this.shared());
    return awaitedLater(running.then((target) => target.runCode(source, { ...rest, language: this.guest.language })));
  }

  /** Runs a sample program, and calls `whenStarted` when it has written `started`. */
  async runAndWhenStarted(
    source: string,
    options: ExecuteOptions & { readonly executor?: CodeExecutor; readonly whenStarted: () => unknown },
  ): Promise<CodeResult> {
    const { whenStarted, ...rest } = options;
    let written = '';
    const onOutput = (text: string): void => {
      written += text;
      if (written === 'started\n') void whenStarted();
    };
    return this.runAndFollow(source, { ...rest, onOutput });
  }

  /** Runs a sample program, and calls `onOutput` with each text that arrives from it. */
  async runAndFollow(
    source: string,
    options: ExecuteOptions & { readonly executor?: CodeExecutor; readonly onOutput: (text: string) => unknown },
  ): Promise<CodeResult> {
    const { executor = await this.shared(), onOutput, ...rest } = options;
    const running = new ResultReader(executor.stream([this.block(source)], rest));
    for await (const event of running) if (event.type === 'stdout' || event.type === 'stderr') await onOutput(event.text);
    return running.result;
  }

  /** Runs blocks and records all events. */
  async record(
    blocks: readonly CodeBlock[],
    options: ExecuteOptions = {},
  ): Promise<{ readonly events: ExecutionEvent[]; readonly result: CodeResult }> {
    const executor = await this.shared();
    const events: ExecutionEvent[] = [];
    for await (const event of executor.stream(blocks, options)) events.push(event);
    const last = events.at(-1);
    assert.ok(last?.type === 'end', 'expected the last event to be "end"');
    return { events, result: last.result };
  }

  /** Expects that all blocks succeeded. If the executor has exit codes, expects exit code 0. Returns the standard output. */
  expectOk(result: CodeResult): string {
    return expectOk(result, this.hasExitCodes);
  }

  /** Expects one of these outcomes and a reason, and expects an exit code only if a program ended by itself. */
  expectOutcome(result: CodeResult, ...outcomes: readonly Outcome[]): void {
    expectOutcome(result, { outcomes, hasExitCodes: this.hasExitCodes });
  }

  async files(executor?: CodeExecutor): Promise<SandboxFiles> {
    const { files } = executor ?? (await this.shared());
    assert.ok(files !== undefined, 'expected files, because the capabilities include them');
    return files;
  }

  /** Returns the duration multiplied by `timeScale`. */
  scaled(ms: number): number {
    return ms * this.timeScale;
  }

  /** Returns a name that no other test uses. */
  unique(prefix = 'test'): string {
    return this.#fixture.unique(prefix);
  }
}
