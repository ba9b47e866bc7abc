import type { V1PodList } from '@kubernetes/client-node';
import { type LostOutcome, ProcessLost } from '@sandpod/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RESOURCE } from '../src/client/resources.ts';
import { PodCommandLineCodeExecutor, type PodSandbox, PodSandboxProvider } from '../src/index.ts';
import { failureOf, TestNamespace } from './fixtures/test-namespace.ts';

let namespace: TestNamespace;

beforeAll(async () => {
  namespace = await TestNamespace.create('losses');
});
afterAll(() => namespace[Symbol.asyncDispose]());

/** How a run ends whose sandbox is lost in the middle. */
async function endOf(
  sandbox: PodSandbox,
  lose: () => Promise<unknown>,
): Promise<{ outcome: LostOutcome; reason: string; stdout: string; lateMs: number }> {
  const process = await sandbox.spawn({ argv: ['sh', '-c', 'echo before; sleep 120'] });
  const reader = process.output.getReader();
  const first = await reader.read();
  await lose();
  const lostMs = performance.now();
  const error = await process.wait().catch((reason: unknown) => reason);
  if (!ProcessLost.isInstance(error)) throw error;
  const stdout = Buffer.from(first.value?.bytes ?? []).toString('utf8');
  return { outcome: error.outcome, reason: error.reason, stdout, lateMs: performance.now() - lostMs };
}

test('a pod that is deleted during a run is session-lost within seconds, with its name [row 43]', { concurrent: true }, async () => {
  await using provider = new PodSandboxProvider(namespace.options());
  await using sandbox = await provider.create();
  const end = await endOf(sandbox, () => namespace.deletePod(sandbox.podName));
  expect(end).toMatchObject({ outcome: 'session-lost', stdout: expect.stringMatching(/^before/) });
  expect(end.reason).toContain(sandbox.podName);
  expect(end.reason).toMatch(/deleted/);
  expect(end.lateMs).toBeLessThan(10_000);
  expect(await sandbox.lost).toContain(sandbox.podName);
});

test('calls at any moment of the end of an idle pod throw nothing, and soon get a new pod', { concurrent: true }, async () => {
  const executors = Array.from({ length: 3 }, (_, index) => {
    const label = { 'losses.idle': String(index) };
    return { label, executor: new PodCommandLineCodeExecutor(namespace.options({ labels: label })) };
  });
  const callUntilNew = async (executor: PodCommandLineCodeExecutor): Promise<string[]> => {
    const outcomes: string[] = [];
    for (let isNew = false; !isNew; ) {
      const { outcome, stateLost, reason } = await executor.runCode('echo', { language: 'sh' });
      outcomes.push(outcome === 'ok' ? outcome : `${outcome}: ${reason}`);
      isNew = stateLost;
    }
    outcomes.push((await executor.runCode('echo', { language: 'sh' })).outcome);
    return outcomes;
  };
  try {
    await Promise.all(executors.map(({ executor }) => executor.start()));
    const outcomes = await Promise.all(
      executors.map(async ({ executor, label }) => {
        const [key, value] = Object.entries(label)[0] ?? [];
        const query = { labelSelector: `${key}=${value}` };
        const { items } = await namespace.client.json<V1PodList>({
          call: { ...RESOURCE.pods, verb: 'list', namespace: namespace.name },
          query,
        });
        const [calls] = await Promise.all([callUntilNew(executor), namespace.deletePod(items[0]?.metadata?.name ?? '')]);
        return calls;
      }),
    );
    // A program that runs while its pod ends may be lost.
    for (const each of outcomes) {
      expect(each.at(-1)).toBe('ok');
      expect(each.filter((outcome) => !/^(ok$|session-lost: )/.test(outcome))).toEqual([]);
    }
  } finally {
    await Promise.all(executors.map(({ executor }) => executor.stop()));
  }
});

test('a pod that is evicted during a run is evicted, not merely lost [row 45]', { concurrent: true }, async () => {
  await using provider = new PodSandboxProvider(namespace.options());
  await using sandbox = await provider.create();
  const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: sandbox.podName, namespace: namespace.name } };
  const end = await endOf(sandbox, () =>
    namespace.request({ ...RESOURCE.pods, verb: 'create', name: sandbox.podName, subresource: 'eviction' }, body),
  );
  expect(end.outcome).toBe('evicted');
  expect(end.reason).toMatch(/EvictionByEvictionAPI|[Ee]viction/);
});

test('a guest that ends process 1 loses the session; the reason names the pod [row 44]', { concurrent: true }, async () => {
  await using provider = new PodSandboxProvider(namespace.options());
  await using sandbox = await provider.create();
  const end = await endOf(sandbox, () => sandbox.run({ argv: ['sh', '-c', 'kill -TERM 1; sleep 30'] }).catch(() => {}));
  expect(end.outcome).toBe('session-lost');
  expect(end.reason).toContain(sandbox.podName);
});

test('a new pod of the same name is never taken for the old one, and is not removed with it [row 44]', { concurrent: true }, async ({
  expect,
}) => {
  await using provider = new PodSandboxProvider(namespace.options({ podName: 'twin' }));
  const old = await provider.create();
  await Promise.all([
    namespace.deletePod('twin'),
    namespace.request({ ...RESOURCE.jobs, verb: 'delete', name: 'twin' }, { propagationPolicy: 'Background' }),
  ]);
  await old.lost;
  await expect.poll(async () => (await namespace.objects()).filter((name) => name.endsWith('/twin')), { timeout: 10_000 }).toEqual([]);
  await using young = await provider.create();
  expect((await failureOf(old.run({ argv: ['true'] }))).code).toBe('sandbox-ended');
  await old[Symbol.asyncDispose]();
  expect((await young.run({ argv: ['echo', 'alive'] })).stdout).toBe('alive\n');
});

test("many files beyond the workspace's limit end the sandbox [row 32]", {
  concurrent: true,
  timeout: 60_000,
}, async () => {
  await using provider = new PodSandboxProvider(namespace.options({ limits: { workspaceBytes: 8 * 1024 * 1024 } }));
  await using sandbox = await provider.create();
  const source =
    'i=0; while [ $i -lt 60 ]; do i=$((i+1)); dd if=/dev/zero of=f$i bs=1M count=1 2>/dev/null || exit 7; done; echo full; sleep 270';
  const startedMs = performance.now();
  const end = await sandbox.run({ argv: ['sh', '-c', source] }).catch((error: unknown) => error);
  if (!ProcessLost.isInstance(end)) throw new Error(`Expected a loss, given ${JSON.stringify(end)}.`);
  expect(`${end.outcome}: ${end.reason}`).toMatch(/^disk-limit: .*(in \/workspace use \d+ bytes|EmptyDir|ephemeral)/);
  expect(performance.now() - startedMs).toBeLessThan(15_000);
  expect(await sandbox.lost).toBe(end.reason);
});

test('attach() takes limits and workspace from the pod itself', { concurrent: true }, async () => {
  await using provider = new PodSandboxProvider(
    namespace.options({ limits: { memoryBytes: 128 * 1024 * 1024 }, workspacePath: '/elsewhere' }),
  );
  await using sandbox = await provider.create();
  await using other = new PodSandboxProvider(namespace.options());
  const attached = await other.attach({ id: sandbox.id });
  expect(attached.limits.memoryBytes).toBe(128 * 1024 * 1024);
  expect(attached.workspace).toBe('/elsewhere');
  expect((await attached.run({ argv: ['pwd'] })).stdout).toBe('/elsewhere\n');
  await attached[Symbol.asyncDispose]();
});
