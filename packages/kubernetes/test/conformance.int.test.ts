import { randomUUID } from 'node:crypto';
import type { V1PodList } from '@kubernetes/client-node';
import type { CodeExecutor, Sandbox } from '@sandpod/core';
import { type CrashClient, defineExecutorSuite as defineKeptSuite } from '@sandpod/testkit';
import { defineExecutorSuite, defineSandboxSuite, onlyThemes } from '@sandpod/testkit/vitest';
import { afterAll } from 'vitest';
import { RESOURCE } from '../src/client/resources.ts';
import { PodCommandLineCodeExecutor, type PodCommandLineCodeExecutorOptions, PodSandbox, PodSandboxProvider } from '../src/index.ts';
import { kill, startClient } from './fixtures/client-process.ts';
import { TestNamespace } from './fixtures/test-namespace.ts';

const namespace = await TestNamespace.create('conformance');
afterAll(() => namespace[Symbol.asyncDispose]());

/** A label by which the pod of one executor is found. */
const EXECUTOR = 'conformance.executor';
const names = new WeakMap<CodeExecutor, string>();

/** The executor that users have, over pods that are told apart from those of other executors. */
function makeExecutor({ name = randomUUID(), ...options }: PodCommandLineCodeExecutorOptions & { name?: string }): CodeExecutor {
  const executor = new PodCommandLineCodeExecutor({ ...namespace.options(), ...options, labels: { [EXECUTOR]: name } });
  names.set(executor, name);
  return executor;
}

async function deletePodOf(executor: CodeExecutor): Promise<void> {
  const list = { ...RESOURCE.pods, verb: 'list', namespace: namespace.name } as const;
  const query = { labelSelector: `${EXECUTOR}=${names.get(executor)}` };
  const { items } = await namespace.client.json<V1PodList>({ call: list, query });
  const living = items.find(({ metadata }) => metadata?.deletionTimestamp === undefined);
  if (living === undefined) throw new Error('Expected an executor with a pod.');
  await namespace.endPod(living.metadata?.name ?? '');
}

async function deletePod(sandbox: Sandbox | undefined): Promise<void> {
  if (!(sandbox instanceof PodSandbox)) throw new Error('Expected a sandbox with a pod.');
  await namespace.endPod(sandbox.podName);
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
  factory: makeExecutor,
  provider: () => new PodSandboxProvider(namespace.options()),
  destroy: deletePodOf,
});

await defineKeptSuite({
  name: 'pod, kept by name',
  runner: onlyThemes('lifecycle', 'faults'),
  factory: (options) => {
    const podName = `kept-${randomUUID()}`;
    return makeExecutor({ ...options, name: podName, podName, autoRemove: false });
  },
  destroy: deletePodOf,
});
