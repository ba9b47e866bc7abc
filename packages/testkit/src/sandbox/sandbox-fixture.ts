import type { Sandbox, SandboxProvider } from '@sandpod/core';
import type { GuestPrograms } from '../guest/guest-programs.ts';
import type { ThemeFixture } from '../suite/register-suite.ts';
import { SandboxContext } from './sandbox-context.ts';
import type { SandboxFactoryOptions, SandboxSuiteConfig } from './sandbox-suite-config.ts';

/** The provider and the sandbox that the tests of a theme share. They are created when the first test needs them. */
export class SandboxFixture implements ThemeFixture<SandboxContext> {
  readonly #config: SandboxSuiteConfig & { readonly guest: GuestPrograms };
  #provider: Promise<SandboxProvider> | undefined;
  #shared: { readonly sandbox: Promise<Sandbox>; isLost: boolean } | undefined;
  #count = 0;

  constructor(config: SandboxSuiteConfig & { readonly guest: GuestPrograms }) {
    this.#config = config;
  }

  context(): { readonly context: SandboxContext; cleanUp(): Promise<void> } {
    const { guest, timeScale = 1, destroy, crash } = this.#config;
    const context = new SandboxContext({ fixture: this, guest, timeScale, destroy, crash });
    return { context, cleanUp: () => context.cleanUp.run() };
  }

  /** Creates a provider that nothing else uses. */
  async fresh(): Promise<SandboxProvider> {
    return this.#config.factory({});
  }

  async provider(options: SandboxFactoryOptions): Promise<SandboxProvider> {
    if (options.limits !== undefined) return this.#config.factory(options);
    this.#provider ??= Promise.resolve(this.#config.factory({}));
    return this.#provider;
  }

  async shared(): Promise<Sandbox> {
    if (this.#shared === undefined || this.#shared.isLost) this.#shared = this.#makeShared();
    return this.#shared.sandbox;
  }

  unique(prefix: string): string {
    this.#count += 1;
    return `${prefix}-${this.#count}`;
  }

  async close(): Promise<void> {
    const sandbox = await this.#shared?.sandbox.catch(() => undefined);
    await sandbox?.[Symbol.asyncDispose]();
  }

  #makeShared(): { readonly sandbox: Promise<Sandbox>; isLost: boolean } {
    const shared = { sandbox: this.provider({}).then((provider) => provider.create()), isLost: false };
    const forget = (): void => {
      shared.isLost = true;
    };
    shared.sandbox.then((sandbox) => sandbox.lost.then(forget), forget);
    return shared;
  }
}
