import { type CodeExecutor, CommandLineCodeExecutor, type CreateOptions, type Sandbox } from '@sandpod/core';
import { defineExecutorSuite, defineSandboxSuite } from '@sandpod/testkit/vitest';
import { RESOURCE } from '../src/client/resources.ts';
import { PodSandbox, PodSandboxProvider } from '../src/index.ts';
import { testOptions } from './test-cluster.ts';

/** Remembers the sandbox that it made last, so that a test can delete its pod. */
class RememberingProvider extends PodSandboxProvider {
  last: Sandbox | undefined;

  override async create(options?: CreateOptions): Promise<PodSandbox> {
    const sandbox = await super.create(options);
    this.last = sandbox;
    return sandbox;
  }
}

const operator = new PodSandboxProvider(testOptions());
const providers = new WeakMap<CodeExecutor, RememberingProvider>();

async function deletePod(sandbox: Sandbox | undefined): Promise<void> {
  if (!(sandbox instanceof PodSandbox)) throw new Error('Expected a sandbox with a pod.');
  const call = { ...RESOURCE.pods, verb: 'delete', namespace: sandbox.namespace, name: sandbox.podName } as const;
  await operator.client.json({ call, body: { gracePeriodSeconds: 0 } });
}

await defineSandboxSuite({
  name: 'pod',
  factory: ({ limits }) => new PodSandboxProvider({ ...testOptions(), limits }),
  large: true,
  destroy: deletePod,
});

await defineExecutorSuite({
  name: 'pod',
  factory: ({ limits, ...options }) => {
    const provider = new RememberingProvider({ ...testOptions(), limits });
    const executor = new CommandLineCodeExecutor({ provider, ...options });
    providers.set(executor, provider);
    return executor;
  },
  destroy: (executor) => deletePod(providers.get(executor)?.last),
});
