import type { V1Job, V1Pod } from '@kubernetes/client-node';
import { SandpodError } from '@sandpod/core';
import { afterAll, beforeAll, test } from 'vitest';
import { RESOURCE } from '../src/client/resources.ts';
import { PodSandboxProvider } from '../src/index.ts';
import { failureOf, TestNamespace } from './fixtures/test-namespace.ts';

let namespace: TestNamespace;

beforeAll(async () => {
  namespace = await TestNamespace.create('sandbox-names');
});
afterAll(() => namespace[Symbol.asyncDispose]());

test('of eight that create a sandbox of one name at once, exactly one succeeds, and the others leave nothing', {
  concurrent: true,
  timeout: 180_000,
}, async ({ expect }) => {
  await using own = await TestNamespace.create('name-race');
  await using stack = new AsyncDisposableStack();
  const providers = Array.from({ length: 8 }, () => stack.use(new PodSandboxProvider(own.options({ image: 'testbed/busybox:1' }))));
  const ends = await Promise.allSettled(providers.map((provider) => provider.create({ name: 'one' })));
  const winners = ends.filter((end) => end.status === 'fulfilled').map(({ value }) => value);
  const errors = ends.filter((end) => end.status === 'rejected').map(({ reason }) => reason);
  expect(winners).toHaveLength(1);
  expect(errors.map((error) => SandpodError.isInstance(error) && error.code)).toEqual(Array(7).fill('sandbox-exists'));
  const [winner] = winners;
  await expect.poll(() => own.objects(), { timeout: 20_000 }).toHaveLength(3);
  expect((await providers[7]?.attach({ name: 'one' }))?.id).toBe(winner?.id);
  await winner?.[Symbol.asyncDispose]();
  await expect.poll(() => own.objects(), { timeout: 20_000 }).toEqual([]);
});

test('the name of a sandbox that has just ended is free', { concurrent: true }, async ({ expect }) => {
  await using provider = new PodSandboxProvider(namespace.options());
  const first = await provider.create({ name: 'again' });
  await first[Symbol.asyncDispose]();
  await using second = await provider.create({ name: 'again' });
  expect(second.id).not.toBe(first.id);
  expect(second.name).toBe('again');
});

test('a name is not an id: each finds the sandbox only as what it is', { concurrent: true }, async ({ expect }) => {
  await using provider = new PodSandboxProvider(namespace.options());
  await using sandbox = await provider.create({ name: 'apart' });
  await using nameless = await provider.create();
  expect(nameless.name).toBeUndefined();
  const byName = await provider.attach({ name: 'apart' });
  expect(byName).toMatchObject({ id: sandbox.id, name: 'apart' });
  await byName.detach();
  const byId = await provider.attach({ id: sandbox.id });
  expect(byId.name).toBe('apart');
  await byId.detach();
  for (const wrong of [{ id: 'apart' }, { name: sandbox.id }]) {
    expect(await failureOf(provider.attach(wrong))).toMatchObject({ code: 'sandbox-not-found' });
  }
});

test('labels are kept under their own prefix on pod and lease, beside labels for Kubernetes, and select', { concurrent: true }, async ({
  expect,
}) => {
  await using provider = new PodSandboxProvider(namespace.options({ labels: { team: 'kubernetes', 'sandpod.dev/id': 'forged' } }));
  const labels = { team: 'sandbox', 'run.number_1': 'A-1.b_c', empty: '' };
  await using sandbox = await provider.create({ labels });
  await using other = await provider.create({ labels: { team: 'other' } });
  expect(sandbox.labels).toEqual(labels);
  const found = await Array.fromAsync(provider.list({ labels: { team: 'sandbox', empty: '' } }));
  expect(found.map(({ id }) => id)).toEqual([sandbox.id]);
  expect(found[0]?.labels).toEqual(labels);
  const pods = await namespace.request<{ items: V1Pod[] }>({ ...RESOURCE.pods, verb: 'list' });
  const jobs = await namespace.request<{ items: V1Job[] }>({ ...RESOURCE.jobs, verb: 'list' });
  for (const { items } of [pods, jobs] as const) {
    const own = items.find(({ metadata }) => metadata?.name === sandbox.podName);
    expect(own?.metadata?.labels).toMatchObject({
      team: 'kubernetes',
      'labels.sandpod.dev/team': 'sandbox',
      'labels.sandpod.dev/run.number_1': 'A-1.b_c',
      'labels.sandpod.dev/empty': '',
      'sandpod.dev/id': sandbox.id,
    });
  }
  await using same = await new PodSandboxProvider(namespace.options()).attach({ id: other.id });
  expect(same.labels).toEqual({ team: 'other' });
});

test('a kept pod of one name is refused to a start that asks for another name', { concurrent: true }, async ({ expect }) => {
  await using provider = new PodSandboxProvider(namespace.options({ podName: 'named', autoRemove: false }));
  const first = await provider.create({ name: 'first' });
  await first.detach();
  expect(await failureOf(provider.create({ name: 'second' }))).toMatchObject({ code: 'sandbox-exists' });
  const again = await provider.create({ name: 'first' });
  expect(again.id).toBe(first.id);
  await again[Symbol.asyncDispose]();
});
