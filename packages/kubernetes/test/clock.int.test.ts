import type { V1Job } from '@kubernetes/client-node';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { RESOURCE } from '../src/client/resources.ts';
import { PodSandboxProvider } from '../src/index.ts';
import { TestNamespace } from './fixtures/test-namespace.ts';

const HOUR_MS = 3_600_000;

let namespace: TestNamespace;

beforeAll(async () => {
  namespace = await TestNamespace.create('clock');
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(() => namespace[Symbol.asyncDispose]());

/** The lease of a start whose pod is still to come, or was deleted. */
function makeLease(name: string): Promise<V1Job> {
  const metadata = { name, labels: { 'app.kubernetes.io/managed-by': 'sandpod', 'sandpod.dev/id': 'other', 'sandpod.dev/role': 'lease' } };
  const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
  const containers = [{ name: 'none', image: 'testbed/busybox:1', securityContext }];
  const pod = { restartPolicy: 'Never', securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } }, containers };
  return namespace.request({ ...RESOURCE.jobs, verb: 'create' }, { metadata, spec: { parallelism: 0, template: { spec: pod } } });
}

function setClock(aheadMs: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + aheadMs });
}

async function leaseUids(): Promise<(string | undefined)[]> {
  return (await namespace.request<{ items: V1Job[] }>({ ...RESOURCE.jobs, verb: 'list' })).items.map(({ metadata }) => metadata?.uid);
}

test('a client whose clock is ahead leaves the fresh lease of another start alone', async () => {
  const lease = await makeLease('ahead');
  setClock(HOUR_MS);
  await using provider = new PodSandboxProvider(namespace.options({ podName: 'ahead', autoRemove: false }));
  await expect(provider.create({ startTimeoutMs: 5_000 })).rejects.toMatchObject({ code: 'start-timeout' });
  expect(await leaseUids()).toContain(lease.metadata?.uid);
});

test('a client whose clock is behind replaces a lease that has lost its pod', { timeout: 90_000 }, async () => {
  const lease = await makeLease('behind');
  setClock(-HOUR_MS);
  await using provider = new PodSandboxProvider(namespace.options({ podName: 'behind', autoRemove: false }));
  const sandbox = await provider.create({ startTimeoutMs: 60_000 });
  expect(await leaseUids()).not.toContain(lease.metadata?.uid);
  await sandbox[Symbol.asyncDispose]();
});
