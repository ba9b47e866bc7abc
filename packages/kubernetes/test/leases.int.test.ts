import { once } from 'node:events';
import { ProcessLost } from '@sandpod/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RESOURCE } from '../src/client/resources.ts';
import { PodSandboxProvider } from '../src/index.ts';
import { kill, startClient } from './fixtures/client-process.ts';
import { failureOf, TestNamespace } from './fixtures/test-namespace.ts';

let namespace: TestNamespace;

beforeAll(async () => {
  namespace = await TestNamespace.create('leases');
});
afterAll(() => namespace[Symbol.asyncDispose]());

async function objectsOf(id: string): Promise<string[]> {
  return (await namespace.objects()).filter((name) => name.endsWith(`/sandpod-${id}`));
}

test.for([
  ['creating it', 'creating'],
  ['its pod waited for a node', 'waiting'],
  ['a program ran', 'running'],
  ['its pod had failed', 'ended'],
  ['removing it', 'closing'],
] as const)(
  'nothing is left of a client that was killed while %s, after its lease has expired [row 56]',
  { concurrent: true, timeout: 180_000 },
  async ([, phase], { expect: expectHere }) => {
    const child = await startClient({ phase, namespace: namespace.name, id: `killed-${phase}`, expiresInMs: 20_000 });
    if (phase !== 'creating' && phase !== 'closing') expectHere(await objectsOf(`killed-${phase}`)).toHaveLength(2);
    await kill(child);
    await expectHere.poll(() => objectsOf(`killed-${phase}`), { timeout: 60_000, interval: 500 }).toEqual([]);
  },
);

test('the result of a run whose pod expires says so, with advice', { concurrent: true, timeout: 90_000 }, async ({ expect }) => {
  await using provider = new PodSandboxProvider(namespace.options({ expiresInMs: 8_000 }));
  await using sandbox = await provider.create();
  const end = await sandbox.run({ argv: ['sleep', '80'] }).catch((error: unknown) => error);
  if (!ProcessLost.isInstance(end)) throw new Error(`Expected a loss, given ${JSON.stringify(end)}.`);
  expect(end.outcome).toBe('session-lost');
  expect(end.reason).toBe(`The pod ${sandbox.podName} expired. Raise expiresInMs for sandboxes that must last longer.`);
  expect(await sandbox.lost).toBe(end.reason);
});

test('a process that has disposed of its sandbox exits by itself at once', { concurrent: true }, async () => {
  const child = await startClient({ phase: 'exiting', namespace: namespace.name, id: 'exiting' });
  const doneMs = performance.now();
  if (child.exitCode === null) await once(child, 'exit');
  expect(child.exitCode).toBe(0);
  expect(performance.now() - doneMs).toBeLessThan(10_000);
});

test('sweep removes what has expired or ended, and nothing of others', { concurrent: true, timeout: 90_000 }, async ({ expect }) => {
  await using own = await TestNamespace.create('sweep');
  await using provider = new PodSandboxProvider(own.options());
  const [ended, alive] = await Promise.all([provider.create(), provider.create()]);
  const theirs = {
    metadata: { name: 'theirs', labels: { 'app.kubernetes.io/managed-by': 'sandpod' } },
    spec: { parallelism: 0, template: leaseTemplate },
  };
  await own.request({ ...RESOURCE.jobs, verb: 'create' }, { apiVersion: 'batch/v1', kind: 'Job', ...theirs });
  await ended.run({ argv: ['sh', '-c', 'kill -TERM 1'] }).catch(() => {});
  await ended.lost;
  const states = async (): Promise<Record<string, string>> =>
    Object.fromEntries((await Array.fromAsync(provider.list())).map(({ id, state }) => [id, state]));
  await expect.poll(states, { timeout: 10_000 }).toEqual({ [ended.id]: 'ended', [alive.id]: 'running' });
  expect(await provider.sweep({ dryRun: true })).toEqual({ removed: [ended.podName], kept: [alive.podName], failed: [] });
  expect(await provider.sweep()).toEqual({ removed: [ended.podName], kept: [alive.podName], failed: [] });
  expect(await provider.sweep({ olderThanMs: 1 })).toEqual({ removed: [alive.podName], kept: [], failed: [] });
  await expect.poll(() => own.objects(), { timeout: 5_000 }).toEqual(['jobs/theirs']);
});

test("sweep leaves a pod and a Job of someone else alone that have the name of sandpod's", { concurrent: true, timeout: 60_000 }, async ({
  expect,
}) => {
  await using own = await TestNamespace.create('strangers');
  await using provider = new PodSandboxProvider(own.options());
  const job = { spec: { parallelism: 0, template: leaseTemplate } };
  await own.request({ ...RESOURCE.jobs, verb: 'create' }, { ...job, metadata: { name: 'lease', labels: labelsOf('lease') } });
  await own.request({ ...RESOURCE.pods, verb: 'create' }, { ...leaseTemplate, metadata: { name: 'lease' } });
  await own.request({ ...RESOURCE.pods, verb: 'create' }, { ...leaseTemplate, metadata: { name: 'pod', labels: labelsOf('sandbox') } });
  await own.request({ ...RESOURCE.jobs, verb: 'create' }, { ...job, metadata: { name: 'pod' } });
  expect(await provider.sweep({ olderThanMs: 0 })).toEqual({ removed: ['lease', 'pod'], kept: [], failed: [] });
  await expect.poll(() => own.objects(), { timeout: 20_000 }).toEqual(['pods/lease', 'jobs/pod']);
});

test('a Job that runs code is neither swept nor deleted as a lease, whatever its name', { concurrent: true, timeout: 60_000 }, async ({
  expect,
}) => {
  await using own = await TestNamespace.create('code');
  const metadata = { name: 'code', labels: labelsOf('code') };
  const create = { ...RESOURCE.jobs, verb: 'create' } as const;
  await own.request(create, { metadata, spec: { template: sleepingTemplate } });
  await expect.poll(() => own.objects(), { timeout: 20_000 }).toHaveLength(2);
  await using provider = new PodSandboxProvider(own.options({ podName: 'code', autoRemove: false }));
  expect(await provider.sweep({ olderThanMs: 1 })).toEqual({ removed: [], kept: [], failed: [] });
  expect(await Array.fromAsync(provider.list())).toEqual([]);
  const error = await failureOf(provider.create());
  expect(error).toMatchObject({ code: 'sandbox-exists' });
  expect(error.message).toContain('a Job with that name is not a lease');
  await provider.removeKept();
  expect(await own.objects()).toHaveLength(2);
});

function labelsOf(role: string): Record<string, string> {
  return { 'app.kubernetes.io/managed-by': 'sandpod', 'sandpod.dev/id': 'past', 'sandpod.dev/role': role };
}

const leaseTemplate = {
  spec: {
    restartPolicy: 'Never',
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      { name: 'none', image: 'testbed/busybox:1', securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } },
    ],
  },
};

/** The pod of a Job that runs code: labelled like everything that sandpod creates. */
const sleepingTemplate = {
  metadata: { labels: labelsOf('code') },
  spec: {
    ...leaseTemplate.spec,
    securityContext: { ...leaseTemplate.spec.securityContext, runAsUser: 1000 },
    containers: leaseTemplate.spec.containers.map((container) => ({ ...container, command: ['sleep', '600'] })),
  },
};
