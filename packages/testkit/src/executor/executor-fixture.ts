import type { CodeExecutor, SandboxProvider } from '@sandpod/core';
import type { GuestPrograms } from '../guest/guest-programs.ts';
import type { ThemeFixture } from '../suite/register-suite.ts';
import { ExecutorContext } from './executor-context.ts';
import type { ExecutorFactoryOptions, ExecutorSuiteConfig } from './executor-suite-config.ts';

/** The executor that the tests of a theme share. It is started when the first test needs it. */
export class ExecutorFixture implements ThemeFixture<ExecutorContext> {
  readonly #config: ExecutorSuiteConfig & { readonly guest: GuestPrograms; readonly hasExitCodes: boolean };
  #shared: Promise<CodeExecutor> | undefined;
  #count = 0;

  constructor(config: ExecutorSuiteConfig & { readonly guest: GuestPrograms; readonly hasExitCodes: boolean }) {
    this.#config = config;
  }

  context(): { readonly context: ExecutorContext; cleanUp(): Promise<void> } {
    const { guest, hasExitCodes, timeScale = 1, destroy } = this.#config;
    const context = new ExecutorContext({ fixture: this, guest, hasExitCodes, timeScale, destroy });
    return { context, cleanUp: () => context.cleanUp.run() };
  }

  async make(options: ExecutorFactoryOptions): Promise<CodeExecutor> {
    return this.#config.factory(options);
  }

  shared(): Promise<CodeExecutor> {
    this.#shared ??= this.make({}).then(async (executor) => {
      await executor.start();
      return executor;
    });
    return this.#shared;
  }

  provider(): SandboxProvider {
    const provider = this.#config.provider?.();
    if (provider === undefined) throw new Error('Expected the test to need "provider".');
    return provider;
  }

  unique(prefix: string): string {
    this.#count += 1;
    return `${prefix}-${this.#count}`;
  }

  async close(): Promise<void> {
    const executor = await this.#shared?.catch(() => undefined);
    await executor?.stop();
  }
}
