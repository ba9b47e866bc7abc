import { setTimeout as pause } from 'node:timers/promises';
import type { V1Job } from '@kubernetes/client-node';
import { ProcessLost } from '@sandpod/core';
import { afterAll, beforeAll, test } from 'vitest';
import { RESOURCE } from '../src/client/resources.ts';
import { PodSandboxProvider } from '../src/index.ts';
import { failureOf, TestNamespace } from './fixtures/test-namespace.ts';

let namespace: TestNamespace;

beforeAll(async () => {
  namespace = await TestNamespace.create('extend');
});
afterAll(() => namespace[Symbol.asyncDispose]());

async function leaseOf(podName: string): Promise<V1Job> {
  const { items } = await namespace.request<{ items: V1Job[] }>({ ...RESOURCE.jobs, verb: 'list' });
  const lease = items.find(({ metadata }) => metadata?.name === podName);
  if (lease === undefined) throw new Error(`Expected a lease of the pod ${podName}.`);
  return lease;
}

/** Milliseconds until a sandbox expires, as `list()` reports it. */
async function remainingMs(provider: PodSandboxProvider, id: string): Promise<number | undefined> {
  const info = (await Array.fromAsync(provider.list())).find((each) => each.id === id);
  if (info === undefined) throw new Error('Expected the sandbox in the list.');
  return info.expiresMs === undefined ? undefined : info.expiresMs - Date.now();
}

test('a pod lives on after its first expiry when another process has extended it, and list() and the loss report the true one', {
  concurrent: true,
  timeout: 90_000,
}, async ({ expect }) => {
  await using provider = new PodSandboxProvider(namespace.options({ expiresInMs: 10_000 }));
  await using other = new PodSandboxProvider(namespace.options());
  const sandbox = await provider.create();
  const running = sandbox.run({ argv: ['sleep', '80'] }).catch((error: unknown) => error);
  const same = await other.attach({ id: sandbox.id });
  await same.extend({ expiresInMs: 60_000 });
  await same.detach();
  for (const each of [provider, other]) {
    const left = await remainingMs(each, sandbox.id);
    expect(left).toBeGreaterThan(55_000);
    expect(left).toBeLessThan(63_000);
  }
  await pause(16_000);
  expect((await sandbox.run({ argv: ['echo', 'here'] })).stdout).toBe('here\n');
  await namespace.deletePod(sandbox.podName);
  const end = await running;
  if (!ProcessLost.isInstance(end)) throw new Error(`Expected a loss, given ${JSON.stringify(end)}.`);
  // On a busy cluster, the lease is already gone when the loss is explained.
  expect(end.reason).toMatch(/ (was|is being) deleted( together with its lease.*)?\.$/);
  expect(end.reason).not.toContain('Raise expiresInMs');
  await sandbox[Symbol.asyncDispose]();
});

test('a sandbox that never expires has a lease without a deadline; describe() lists that as a weakness', { concurrent: true }, async ({
  expect,
}) => {
  await using provider = new PodSandboxProvider(namespace.options({ expiresInMs: null }));
  expect(provider.describe().weaknesses).toContain('Sandboxes never expire: each stays until it is removed (expiresInMs).');
  await using sandbox = await provider.create();
  expect((await leaseOf(sandbox.podName)).spec).not.toHaveProperty('activeDeadlineSeconds');
  expect(await remainingMs(provider, sandbox.id)).toBeUndefined();
  await sandbox.extend({ expiresInMs: 600_000 });
  expect(await remainingMs(provider, sandbox.id)).toBeGreaterThan(590_000);
  await sandbox.extend({ expiresInMs: null });
  expect(await remainingMs(provider, sandbox.id)).toBeUndefined();
});

test("an expiry after the pod's own deadline is refused, because the API server cannot raise that", { concurrent: true }, async ({
  expect,
}) => {
  await using provider = new PodSandboxProvider(namespace.options({ podSpec: { spec: { activeDeadlineSeconds: 120 } } }));
  await using sandbox = await provider.create();
  const left = await remainingMs(provider, sandbox.id);
  expect(left).toBeGreaterThan(100_000);
  expect(left).toBeLessThan(122_000);
  await sandbox.extend({ expiresInMs: 60_000 });
  const error = await failureOf(sandbox.extend({ expiresInMs: 200_000 }));
  expect(error).toMatchObject({ code: 'unsupported', advice: expect.stringContaining('Remove activeDeadlineSeconds from podSpec') });
  expect(error.message).toMatch(/expected expiresInMs of at most \d+, given 200000/);
  expect(await failureOf(sandbox.extend({ expiresInMs: null }))).toMatchObject({ code: 'unsupported' });
  expect(await remainingMs(provider, sandbox.id)).toBeLessThan(62_000);
});

test('of several that extend a sandbox at once, all succeed', { concurrent: true }, async ({ expect }) => {
  await using provider = new PodSandboxProvider(namespace.options());
  await using sandbox = await provider.create();
  await Promise.all(Array.from({ length: 4 }, (_, index) => sandbox.extend({ expiresInMs: 300_000 + index * 1_000 })));
  expect(await remainingMs(provider, sandbox.id)).toBeGreaterThan(295_000);
});

test('a sandbox whose lease is gone cannot be extended', { concurrent: true }, async ({ expect }) => {
  await using provider = new PodSandboxProvider(namespace.options());
  await using sandbox = await provider.create();
  const { metadata } = await leaseOf(sandbox.podName);
  const orphan = { propagationPolicy: 'Orphan' };
  await namespace.request({ ...RESOURCE.jobs, verb: 'delete', name: metadata?.name ?? '' }, orphan);
  await expect.poll(() => failureOf(sandbox.extend({ expiresInMs: 60_000 })), { timeout: 20_000 }).toMatchObject({ code: 'sandbox-ended' });
  await namespace.deletePod(sandbox.podName);
});
