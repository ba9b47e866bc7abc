import { type CodeExecutor, CommandLineCodeExecutor, type CreateOptions, type Sandbox } from '@sandpod/core';
import type { CrashClient } from '@sandpod/testkit';
import { defineExecutorSuite, defineSandboxSuite } from '@sandpod/testkit/vitest';
import { afterAll } from 'vitest';
import { PodSandbox, PodSandboxProvider } from '../src/index.ts';
import { kill, startClient } from './fixtures/client-process.ts';
import { TestNamespace } from './fixtures/test-namespace.ts';

/** Remembers the sandbox that it made last, so that a test can delete its pod. */
class RememberingProvider extends PodSandboxProvider {
  last: Sandbox | undefined;

  override async create(options?: CreateOptions): Promise<PodSandbox> {
    const sandbox = await super.create(options);
    this.last = sandbox;
    return sandbox;
  }
}

const namespace = await TestNamespace.create('conformance');
afterAll(() => namespace[Symbol.asyncDispose]());
const providers = new WeakMap<CodeExecutor, RememberingProvider>();

async function deletePod(sandbox: Sandbox | undefined): Promise<void> {
  if (!(sandbox instanceof PodSandbox)) throw new Error('Expected a sandbox with a pod.');
  await namespace.deletePod(sandbox.podName);
}

let crashes = 0;
const crash: CrashClient = {
  start: async () => {
    crashes += 1;
    const id = `crash-${crashes}`;
    const child = await startClient({ phase: 'running', namespace: namespace.name, id, expiresInMs: 8_000 });
    return { id, kill: () => kill(child) };
  },
  survivors: async (id) => (await namespace.objects()).filter((name) => name.endsWith(`/sandpod-${id}`)),
  withinMs: 25_000,
};

await defineSandboxSuite({
  name: 'pod',
  factory: ({ limits }) => new PodSandboxProvider({ ...namespace.options(), limits }),
  large: true,
  destroy: deletePod,
  crash,
});

await defineExecutorSuite({
  name: 'pod',
  factory: ({ limits, ...options }) => {
    const provider = new RememberingProvider({ ...namespace.options(), limits });
    const executor = new CommandLineCodeExecutor({ provider, ...options });
    providers.set(executor, provider);
    return executor;
  },
  destroy: (executor) => deletePod(providers.get(executor)?.last),
});
