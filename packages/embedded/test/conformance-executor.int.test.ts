import type { CodeExecutor, CreateOptions, Sandbox } from '@sandpod/core';
import { CommandLineCodeExecutor } from '@sandpod/core/backend';
import { sandboxKernels } from '@sandpod/kernel';
import { defineExecutorSuite } from '@sandpod/testkit/vitest';
import { EmbeddedSandboxProvider } from '../src/index.ts';
import { killChild } from './fixtures/child-processes.ts';

/** Remembers the sandbox that it created last, so that a test can kill its process. */
class RememberingProvider extends EmbeddedSandboxProvider {
  last: Sandbox | undefined;

  override async create(options?: CreateOptions): Promise<Sandbox> {
    const sandbox = await super.create(options);
    this.last = sandbox;
    return sandbox;
  }
}

const providers = new WeakMap<CodeExecutor, RememberingProvider>();

await defineExecutorSuite({
  name: 'embedded',
  // The suite's time limits include the start of an interpreter, which takes seconds on a busy machine.
  timeScale: 2,
  factory: ({ limits, ...options }) => {
    const provider = new RememberingProvider({ limits });
    const executor = new CommandLineCodeExecutor({ provider, kernelProvider: sandboxKernels, ...options });
    providers.set(executor, provider);
    return executor;
  },
  provider: () => new EmbeddedSandboxProvider(),
  destroy: async (executor) => killChild(providers.get(executor)?.last),
});
