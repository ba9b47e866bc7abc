import { randomUUID } from 'node:crypto';
import type { CodeExecutor, Sandbox } from '@sandpod/core';
import { type CrashClient, defineExecutorSuite as defineKeptSuite } from '@sandpod/testkit';
import { defineExecutorSuite, defineSandboxSuite, onlyThemes } from '@sandpod/testkit/vitest';
import { afterAll, expect } from 'vitest';
import {
  DockerCommandLineCodeExecutor,
  type DockerCommandLineCodeExecutorOptions,
  DockerSandbox,
  DockerSandboxProvider,
} from '../src/index.ts';
import { crash as crashClient, nextText, startClient } from './fixtures/start-client.ts';
import { docker, TestContainers } from './fixtures/test-docker.ts';

const image = 'testbed/polyglot:1';
const containers = new TestContainers('conformance');
const { labels } = containers;

afterAll(async () => expect(await containers.leftAfter(5_000)).toEqual([]));

/** A label by which the container of one executor is found. */
const EXECUTOR = 'conformance.executor';
const names = new WeakMap<CodeExecutor, string>();

/** An executor with the options that users have, whose containers have a label of their own. */
function makeExecutor({ name = randomUUID(), ...options }: DockerCommandLineCodeExecutorOptions & { name?: string }): CodeExecutor {
  const executor = new DockerCommandLineCodeExecutor({ image, ...options, labels: { ...labels, [EXECUTOR]: name } });
  names.set(executor, name);
  return executor;
}

async function killContainerOf(executor: CodeExecutor): Promise<void> {
  const [found] = await docker.listContainers({ filters: { label: [`${EXECUTOR}=${names.get(executor)}`] } });
  if (found === undefined) throw new Error('Expected an executor with a container.');
  await docker.getContainer(found.Id).kill({ signal: 'SIGKILL' });
}

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
    const found = await docker.listContainers({ all: true, filters: { name: [`^/sandpod_${id}$`] } });
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
  factory: makeExecutor,
  provider: () => new DockerSandboxProvider({ image, labels }),
  destroy: killContainerOf,
});

await defineKeptSuite({
  name: 'docker, kept by name',
  runner: onlyThemes('lifecycle', 'faults'),
  factory: (options) => {
    const containerName = `sandpod-conformance-${randomUUID()}`;
    return makeExecutor({ ...options, name: containerName, containerName, autoRemove: false });
  },
  destroy: killContainerOf,
});
