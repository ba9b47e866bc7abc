import type { V1Pod } from '@kubernetes/client-node';
import { ProcessLost, type RunResult } from '@sandpod/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RESOURCE } from '../src/client/resources.ts';
import { PodCommandLineCodeExecutor, type PodSandbox, PodSandboxProvider, type PodSandboxProviderOptions } from '../src/index.ts';
import { COUNT_SPIES, SPY } from './fixtures/spy.ts';
import { failureOf, TestNamespace } from './fixtures/test-namespace.ts';

let namespace: TestNamespace;

beforeAll(async () => {
  namespace = await TestNamespace.create('names');
});
afterAll(() => namespace[Symbol.asyncDispose]());

function kept(podName: string, options: PodSandboxProviderOptions = {}): PodSandboxProviderOptions {
  return namespace.options({ podName, autoRemove: false, ...options });
}

async function uidOf(name: string): Promise<string | undefined> {
  const { items } = await namespace.request<{ items: V1Pod[] }>({ ...RESOURCE.pods, verb: 'list' });
  return items.find(({ metadata }) => metadata?.name === name)?.metadata?.uid;
}

test('with autoRemove false a pod outlives its executor and is found by its name; stop() removes it', { concurrent: true }, async ({
  expect,
}) => {
  const podName = 'kept';
  const use = async (code: string): Promise<string> => {
    await using executor = new PodCommandLineCodeExecutor(kept(podName));
    expect(executor.describe().weaknesses).toContain('The pod is kept until it expires (autoRemove).');
    return (await executor.runCode(code, { language: 'sh' })).output;
  };
  await use('echo here > file');
  const uid = await uidOf(podName);
  expect(await use('cat file')).toBe('here\n');
  expect(await uidOf(podName)).toBe(uid);
  const executor = new PodCommandLineCodeExecutor(kept(podName));
  await executor.stop();
  await expect.poll(() => namespace.objects(), { timeout: 20_000 }).not.toContain(`pods/${podName}`);
  expect(await namespace.objects()).not.toContain(`jobs/${podName}`);
});

test('restart() of an executor that keeps its pod creates a new pod', { concurrent: true }, async ({ expect }) => {
  const executor = new PodCommandLineCodeExecutor(kept('restarted'));
  await executor.start();
  const uid = await uidOf('restarted');
  await executor.restart();
  expect(await uidOf('restarted')).not.toBe(uid);
  await executor.stop();
});

test('without a name a kept pod is removed by stop() of the executor that made it', { concurrent: true }, async ({ expect }) => {
  const executor = new PodCommandLineCodeExecutor(namespace.options({ autoRemove: false, labels: { test: 'nameless' } }));
  await executor.start();
  await executor[Symbol.asyncDispose]();
  const nameless = async (): Promise<V1Pod[]> =>
    (await namespace.request<{ items: V1Pod[] }>({ ...RESOURCE.pods, verb: 'list' })).items.filter(
      ({ metadata }) => metadata?.labels?.['test'] === 'nameless',
    );
  expect(await nameless()).toHaveLength(1);
  await executor.stop();
  await expect.poll(nameless, { timeout: 20_000 }).toHaveLength(0);
});

test('a pod that a sandbox was detached from is used again by the next create() of its name', { concurrent: true }, async ({ expect }) => {
  await using provider = new PodSandboxProvider(kept('of-provider'));
  const first = await provider.create();
  await first.detach();
  const second = await provider.create();
  expect(second.id).toBe(first.id);
  await second[Symbol.asyncDispose]();
  await expect.poll(() => uidOf('of-provider'), { timeout: 20_000 }).toBeUndefined();
});

test('a pod that is being deleted is never used again: the next one waits until it is gone', { concurrent: true }, async ({ expect }) => {
  const podName = 'going';
  const call = { ...RESOURCE.pods, name: podName } as const;
  await using provider = new PodSandboxProvider(kept(podName));
  await (await provider.create()).detach();
  const uid = await uidOf(podName);
  await namespace.request({ ...call, verb: 'patch' }, { metadata: { finalizers: ['sandpod.test/hold'] } });
  await namespace.request({ ...call, verb: 'delete' });
  const creating = provider.create();
  const outcome = await Promise.race([creating, new Promise<string>((resolve) => setTimeout(resolve, 2_000, 'waiting'))]);
  expect(outcome).toBe('waiting');
  await namespace.request({ ...call, verb: 'patch' }, { metadata: { finalizers: null } });
  await (await creating)[Symbol.asyncDispose]();
  expect((await creating).podName).toBe(podName);
  expect(await uidOf(podName)).not.toBe(uid);
});

test('a pod that has ended is replaced', { concurrent: true }, async ({ expect }) => {
  await using provider = new PodSandboxProvider(kept('ended'));
  const first = await provider.create();
  await first.run({ argv: ['sh', '-c', 'kill -TERM 1'] }).catch(() => {});
  await first.lost;
  const second = await provider.create();
  expect(second.id).not.toBe(first.id);
  await second[Symbol.asyncDispose]();
});

test('several starts at once share one pod', { concurrent: true }, async ({ expect }) => {
  const providers = Array.from({ length: 3 }, () => new PodSandboxProvider(kept('shared')));
  const sandboxes = await Promise.all(providers.map((provider) => provider.create()));
  expect(new Set(sandboxes.map(({ id }) => id)).size).toBe(1);
  // Each start ends what runs in the pod. The first run in a sandbox can therefore lose its launcher to the start of another.
  const hostname = (sandbox: PodSandbox): Promise<RunResult> => sandbox.run({ argv: ['hostname'] });
  const outputs = await Promise.all(
    sandboxes.map((sandbox) =>
      hostname(sandbox).catch((error: unknown) => {
        expect(ProcessLost.isInstance(error) && error.outcome).toBe('session-lost');
        return hostname(sandbox);
      }),
    ),
  );
  expect(outputs.map(({ stdout }) => stdout)).toEqual(['shared\n', 'shared\n', 'shared\n']);
  await Promise.all(sandboxes.map((sandbox) => sandbox[Symbol.asyncDispose]()));
  for (const provider of providers) await provider[Symbol.asyncDispose]();
});

test('when an executor that keeps its pod ends, everything that runs in the pod ends', { concurrent: true }, async ({ expect }) => {
  const podName = 'quiet';
  const executor = new PodCommandLineCodeExecutor(kept(podName));
  await executor.runCode(SPY, { language: 'sh' });
  expect(await executor.runCode(COUNT_SPIES, { language: 'sh' })).toMatchObject({ stdout: '1\n' });
  await executor[Symbol.asyncDispose]();
  await using provider = new PodSandboxProvider(namespace.options());
  const id = (await namespace.request<{ items: V1Pod[] }>({ ...RESOURCE.pods, verb: 'list' })).items.find(
    ({ metadata }) => metadata?.name === podName,
  )?.metadata?.labels?.['sandpod.dev/id'];
  const inside = await provider.attach({ id: id ?? '' });
  expect((await inside.run({ command: COUNT_SPIES })).stdout).toBe('0\n');
  await inside[Symbol.asyncDispose]();
});

test('a start that uses a kept pod again first ends what a killed owner left running there', { concurrent: true }, async ({ expect }) => {
  await using first = new PodSandboxProvider(kept('spied'));
  const before = await first.create();
  await before.run({ command: `${SPY} echo kept > file` });
  // As if its process had been killed.
  await before.detach({ leftovers: 'keep' });
  await using second = new PodSandboxProvider(kept('spied'));
  const after = await second.create();
  expect(after.id).toBe(before.id);
  expect((await after.run({ command: `${COUNT_SPIES}; cat file` })).stdout).toBe('0\nkept\n');
  await after[Symbol.asyncDispose]();
});

test("a stranger's pod of the name is refused and left alone", { concurrent: true }, async ({ expect }) => {
  const security = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, runAsNonRoot: true, runAsUser: 5 };
  const spec = {
    securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
    containers: [{ name: 'sandbox', image: 'testbed/busybox:1', command: ['sleep', '3600'], securityContext: security }],
  };
  await namespace.request({ ...RESOURCE.pods, verb: 'create' }, { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'stranger' }, spec });
  const uid = await uidOf('stranger');
  await using provider = new PodSandboxProvider(kept('stranger'));
  const error = await failureOf(provider.create());
  expect(error).toMatchObject({ code: 'sandbox-exists' });
  expect(error.message).toContain('The pod stranger in namespace');
  expect(error.message).toContain('sandpod did not create it');
  await new PodCommandLineCodeExecutor(kept('stranger')).stop();
  expect(await uidOf('stranger')).toBe(uid);
});

test('a pod that was created with other options is refused, because it may be less protected', { concurrent: true }, async ({ expect }) => {
  await using open = new PodSandboxProvider(kept('other', { network: 'open' }));
  const sandbox = await open.create();
  await using closed = new PodSandboxProvider(kept('other'));
  const error = await failureOf(closed.create());
  expect(error).toMatchObject({ code: 'sandbox-exists', advice: expect.stringContaining('Remove it') });
  expect(error.message).toContain('it was created with other options');
  await using same = new PodSandboxProvider(kept('other', { network: 'open', expiresInMs: 60_000 }));
  expect((await same.create()).id).toBe(sandbox.id);
  await sandbox[Symbol.asyncDispose]();
});

test('a pod whose network is open is refused where a closed one is wanted, also with a command', { concurrent: true }, async ({
  expect,
}) => {
  const command = ['sleep', '600'];
  await using open = new PodSandboxProvider(kept('open', { network: 'open', command }));
  const sandbox = await open.create();
  await using closed = new PodSandboxProvider(kept('open', { command }));
  expect(await failureOf(closed.create())).toMatchObject({ code: 'sandbox-exists' });
  await sandbox[Symbol.asyncDispose]();
});

test('a kept pod that is lost is replaced by one without its files', { concurrent: true }, async ({ expect }) => {
  const executor = new PodCommandLineCodeExecutor(kept('lost'));
  await executor.runCode('echo x > file', { language: 'sh' });
  await namespace.deletePod('lost');
  await expect.poll(async () => (await executor.runCode('ls', { language: 'sh' })).outcome, { timeout: 40_000 }).toBe('ok');
  expect((await executor.runCode('ls file', { language: 'sh' })).outcome).toBe('failed');
  await executor.stop();
});

test.for(['Upper', 'a_b', 'a.b', '-a', 'a-', '', 'a'.repeat(64)])('the pod name %j is refused when the executor is built', (podName) => {
  expect(() => new PodCommandLineCodeExecutor(namespace.options({ podName }))).toThrow(/pod\.podName: expected 1 to 63 lower-case letters/);
});
