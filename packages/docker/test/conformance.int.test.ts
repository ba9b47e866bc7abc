import { type CodeExecutor, CommandLineCodeExecutor, type CreateOptions, type Sandbox } from '@sandpod/core';
import { defineExecutorSuite, defineSandboxSuite } from '@sandpod/testkit/vitest';
import Docker from 'dockerode';
import { DockerSandbox, DockerSandboxProvider } from '../src/index.ts';

const image = 'testbed/polyglot:1';
const docker = new Docker();

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

await defineSandboxSuite({
  name: 'docker',
  factory: ({ limits }) => new DockerSandboxProvider({ image, limits }),
  large: true,
  destroy: kill,
});

await defineExecutorSuite({
  name: 'docker',
  factory: ({ limits, ...options }) => {
    const provider = new RememberingProvider({ image, limits });
    const executor = new CommandLineCodeExecutor({ provider, ...options });
    providers.set(executor, provider);
    return executor;
  },
  destroy: (executor) => kill(providers.get(executor)?.last),
});
