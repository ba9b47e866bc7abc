import {
  type CreateOptions,
  type ProcessOptions,
  type RunOptions,
  type RunResult,
  type Sandbox,
  type SandboxCapabilities,
  type SandboxProcess,
  type SandboxProvider,
  SandpodError,
} from '@sandpod/core';
import type { GuestPrograms } from '../guest/guest-programs.ts';
import { CleanUp } from '../tools/clean-up.ts';
import { awaitedLater } from '../tools/within.ts';
import type { SandboxFixture } from './sandbox-fixture.ts';
import type { CrashClient, SandboxFactoryOptions } from './sandbox-suite-config.ts';

interface GuestProcessOptions extends ProcessOptions {
  /** Default: the shared sandbox. */
  readonly sandbox?: Sandbox;
  readonly args?: readonly string[];
}

export interface GuestRunOptions extends GuestProcessOptions {
  readonly stdin?: RunOptions['stdin'];
  readonly keptOutputBytes?: number;
}

export interface GuestSpawnOptions extends GuestProcessOptions {
  readonly stdin?: boolean;
}

/** The context of one test of the sandbox suite. */
export class SandboxContext {
  readonly guest: GuestPrograms;
  readonly timeScale: number;
  readonly destroy: ((sandbox: Sandbox) => Promise<void>) | undefined;
  readonly crash: CrashClient | undefined;
  readonly cleanUp: CleanUp = new CleanUp();
  readonly #fixture: SandboxFixture;

  constructor(options: {
    readonly fixture: SandboxFixture;
    readonly guest: GuestPrograms;
    readonly timeScale: number;
    readonly destroy: ((sandbox: Sandbox) => Promise<void>) | undefined;
    readonly crash: CrashClient | undefined;
  }) {
    this.#fixture = options.fixture;
    this.guest = options.guest;
    this.timeScale = options.timeScale;
    this.destroy = options.destroy;
    this.crash = options.crash;
  }

  /** Returns the sandbox that the tests of a theme share. If a test has ended that sandbox, creates a new shared sandbox. */
  shared(): Promise<Sandbox> {
    return this.#fixture.shared();
  }

  /** Returns a provider with these limits. If no limits are set, returns the theme's provider. */
  provider(options: SandboxFactoryOptions = {}): Promise<SandboxProvider> {
    return this.#fixture.provider(options);
  }

  async capabilities(): Promise<SandboxCapabilities> {
    return (await this.provider()).capabilities;
  }

  /** Creates a sandbox for this test. The sandbox is disposed of at the end of the test. */
  async fresh(options: CreateOptions & SandboxFactoryOptions = {}): Promise<Sandbox> {
    const { limits, ...createOptions } = options;
    const provider = await this.provider(limits === undefined ? {} : { limits });
    const sandbox = await provider.create(createOptions);
    this.cleanUp.defer(() => sandbox[Symbol.asyncDispose]());
    return sandbox;
  }

  /** Creates a second provider for this test, as another process would. It is disposed of at the end of the test. */
  async otherProvider(): Promise<SandboxProvider> {
    const provider = await this.#fixture.fresh();
    this.cleanUp.defer(() => provider[Symbol.asyncDispose]());
    return provider;
  }

  /** Creates a sandbox that the test may detach or let expire. If it still exists at the end of the test, it is removed by its id. */
  async detachable(options: CreateOptions = {}): Promise<Sandbox> {
    const provider = await this.provider();
    const sandbox = await provider.create(options);
    this.cleanUp.defer(() => removeById(provider, sandbox.id));
    this.cleanUp.defer(() => sandbox[Symbol.asyncDispose]());
    return sandbox;
  }

  /** Runs a sample program, by default in the shared sandbox. */
  run(source: string, options: GuestRunOptions = {}): Promise<RunResult> {
    const { sandbox, args, ...rest } = options;
    const running = Promise.resolve(sandbox ?? this.shared());
    return awaitedLater(running.then((target) => target.run({ ...rest, argv: this.guest.argv(source, args) })));
  }

  /** Starts a sample program. The program is killed at the end of the test. */
  async spawn(source: string, options: GuestSpawnOptions = {}): Promise<SandboxProcess> {
    const { sandbox = await this.shared(), args, ...rest } = options;
    const process = await sandbox.spawn({ ...rest, argv: this.guest.argv(source, args) });
    this.cleanUp.defer(() => process.kill());
    return process;
  }

  /** Returns the duration multiplied by `timeScale`. */
  scaled(ms: number): number {
    return ms * this.timeScale;
  }

  /** Returns a sandbox name that no other test, run or process uses. */
  uniqueName(prefix: string): string {
    return this.#fixture.unique(`${prefix}-${process.pid}-${Date.now().toString(36)}`);
  }

  /** Returns a name that no other test uses. */
  unique(prefix = 'test'): string {
    return this.#fixture.unique(prefix);
  }
}

async function removeById(provider: SandboxProvider, id: string): Promise<void> {
  try {
    const sandbox = await provider.attach({ id });
    await sandbox[Symbol.asyncDispose]();
  } catch (error) {
    if (!SandpodError.isInstance(error) || !['sandbox-not-found', 'unsupported'].includes(error.code)) throw error;
  }
}
