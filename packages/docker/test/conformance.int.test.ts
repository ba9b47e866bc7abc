import { type CodeExecutor, CommandLineCodeExecutor, type CreateOptions, type Sandbox } from '@sandpod/core';
import type { CrashClient } from '@sandpod/testkit';
import { defineExecutorSuite, defineSandboxSuite } from '@sandpod/testkit/vitest';
import { afterAll, expect } from 'vitest';
import { DockerSandbox, DockerSandboxProvider } from '../src/index.ts';
import { crash as crashClient, nextText, startClient } from './fixtures/start-client.ts';
import { docker, TestContainers } from './fixtures/test-docker.ts';

const image = 'testbed/polyglot:1';
const containers = new TestContainers('conformance');
const { labels } = containers;

afterAll(async () => expect(await containers.leftAfter(5_000)).toEqual([]));

/** Remembers the sandbox that it made last, so that a test can end its container. */
class RememberingProvider extends DockerSandboxProvider {
  last: Sandbox | undefined;

  override async create(options?: CreateOptions): Promise<DockerSandbox> {
    const sandbox = await super.create(options);
    this.last = sandbox;
    return sandbox;
  }
}

const providers = new WeakMap<CodeExecutor, RememberingProvider>();

async function kill(sandbox: Sandbox | undefined): Promise<void> {
  if (!(sandbox instanceof DockerSandbox)) throw new Error('Expected a sandbox with a container.');
  await docker.getContainer(sandbox.containerId).kill({ signal: 'SIGKILL' });
}

const crash: CrashClient = {
  start: async () => {
    const id = `crash-${process.pid}-${Date.now()}`;
    const client = startClient({ phase: 'running', id, options: { image, labels, expiresInMs: 10_000 } });
    await nextText(client);
    return { id, kill: () => crashClient(client) };
  },
  survivors: async (id) => {
    const found = await docker.listContainers({ all: true, filters: { label: [`sandpod.id=${id}`] } });
    return found.map(({ Names, State }) => `${Names.join()} ${State}`);
  },
  withinMs: 15_000,
};

await defineSandboxSuite({
  name: 'docker',
  factory: ({ limits }) => new DockerSandboxProvider({ image, labels, limits }),
  large: true,
  destroy: kill,
  crash,
});

await defineExecutorSuite({
  name: 'docker',
  factory: ({ limits, ...options }) => {
    const provider = new RememberingProvider({ image, labels, limits });
    const executor = new CommandLineCodeExecutor({ provider, ...options });
    providers.set(executor, provider);
    return executor;
  },
  destroy: (executor) => kill(providers.get(executor)?.last),
});
