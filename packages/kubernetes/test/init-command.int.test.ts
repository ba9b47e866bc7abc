import type { V1Pod } from '@kubernetes/client-node';
import { afterAll, beforeAll, test, vi } from 'vitest';
import { RESOURCE } from '../src/client/resources.ts';
import { type PodSandbox, PodSandboxProvider, type PodSandboxProviderOptions } from '../src/index.ts';
import { kill, startClient, WAITING_INIT } from './fixtures/client-process.ts';
import { failureOf, TestNamespace } from './fixtures/test-namespace.ts';

let namespace: TestNamespace;

beforeAll(async () => {
  namespace = await TestNamespace.create('init');
});
afterAll(() => namespace[Symbol.asyncDispose]());

function kept(podName: string): PodSandboxProviderOptions {
  return namespace.options({ podName, autoRemove: false, initCommand: WAITING_INIT });
}

async function podNamed(name: string): Promise<V1Pod | undefined> {
  const { items } = await namespace.request<{ items: V1Pod[] }>({ ...RESOURCE.pods, verb: 'list' });
  return items.find(({ metadata }) => metadata?.name === name && metadata.deletionTimestamp === undefined);
}

/** Looks into a pod whose initCommand has begun, from beside. */
async function insideOf(name: string): Promise<PodSandbox> {
  const provider = new PodSandboxProvider(namespace.options());
  let inside: PodSandbox | undefined;
  const look = async (): Promise<PodSandbox> => {
    const id = (await podNamed(name))?.metadata?.labels?.['sandpod.dev/id'] ?? 'none';
    inside ??= await provider.attach({ id });
    if ((await inside.stat({ path: 'began' })) === null) throw new Error('Expected initCommand to have begun.');
    return inside;
  };
  return vi.waitFor(look, { timeout: 40_000, interval: 200 });
}

test('a start that finds a kept pod waits until its initCommand has ended', { concurrent: true }, async ({ expect }) => {
  await using first = new PodSandboxProvider(kept('shared'));
  await using second = new PodSandboxProvider(kept('shared'));
  const making = first.create();
  const inside = await insideOf('shared');
  const coming = second.create();
  const outcome = await Promise.race([coming, new Promise<string>((resolve) => setTimeout(resolve, 3_000, 'waiting'))]);
  expect(outcome).toBe('waiting');
  await inside.writeTextFile({ path: 'go', content: '' });
  expect((await coming).id).toBe((await making).id);
  await inside.detach();
  await (await making)[Symbol.asyncDispose]();
});

test('a kept pod whose initCommand was cut off, like the client that made it, is replaced', { concurrent: true, timeout: 180_000 }, async ({
  expect,
}) => {
  const child = await startClient({ phase: 'initializing', namespace: namespace.name, id: 'cut' });
  const before = await insideOf('cut');
  const uid = (await podNamed('cut'))?.metadata?.uid;
  await kill(child);
  await before.run({ command: `kill -9 $(cat /tmp/.sandpod-ready-${before.id}.pid)` });
  await using provider = new PodSandboxProvider(kept('cut'));
  const coming = provider.create();
  await expect.poll(async () => (await podNamed('cut'))?.metadata?.uid ?? uid, { timeout: 60_000 }).not.toBe(uid);
  const inside = await insideOf('cut');
  await inside.writeTextFile({ path: 'go', content: '' });
  expect((await coming).id).not.toBe(before.id);
  await before.detach().catch(() => {});
  await inside.detach();
  await (await coming)[Symbol.asyncDispose]();
});

test('an initCommand that ends the pod fails the start', { concurrent: true }, async ({ expect }) => {
  await using provider = new PodSandboxProvider(namespace.options({ initCommand: 'echo bye; kill -TERM 1; sleep 60' }));
  const error = await failureOf(provider.create());
  expect(error).toMatchObject({ code: 'start-failed', advice: expect.stringContaining('Correct initCommand') });
  expect(error.message).toMatch(/^initCommand was interrupted: .* \(session-lost\)/);
});
