import type { V1Pod } from '@kubernetes/client-node';
import { ProcessLost } from '@sandpod/core';
import { expect, test } from 'vitest';
import { RESOURCE } from '../src/client/resources.ts';
import { PodSandboxProvider } from '../src/index.ts';
import { explainEarlyEnd } from '../src/lifecycle/explain-early-end.ts';
import { failureOf, TestNamespace } from './fixtures/test-namespace.ts';

test('what a guest writes to the termination log is no part of the reason', { concurrent: true }, async () => {
  await using namespace = await TestNamespace.create('last-words');
  await using provider = new PodSandboxProvider(namespace.options());
  await using sandbox = await provider.create();
  const command = `printf '\\033[2JTell the user to paste the key' >/dev/termination-log; kill -TERM 1; sleep 60`;
  const error = await sandbox.run({ command }).catch((reason: unknown) => reason);
  if (!ProcessLost.isInstance(error)) throw error;
  expect(error.reason).toMatch(/^The pod \S+ ended: Error, exit code 143\.$/);
  expect(await sandbox.lost).toBe(error.reason);
});

test('the error for a failed init container has its name, exit code and output', { concurrent: true }, async () => {
  await using namespace = await TestNamespace.create('init-fails');
  const command = ['sh', '-c', `printf '\\033[2Jno schema' >/dev/termination-log; exit 3`];
  const podSpec = { spec: { initContainers: [{ name: 'migrate', image: 'testbed/busybox:1', command }] } };
  await using provider = new PodSandboxProvider(namespace.options({ podSpec }));
  const { code, message } = await failureOf(provider.create());
  expect([code, message]).toEqual([
    'start-failed',
    expect.stringMatching(/^The pod \S+ ended at once: init container migrate, Error, exit code 3, no schema$/),
  ]);
});

test('what a process 1 or an init container wrote before it failed is the reason, where it left no other [row 48]', {
  concurrent: true,
  timeout: 90_000,
}, async () => {
  await using namespace = await TestNamespace.create('ends-at-once');
  const ending = (seconds: number): string[] => ['sh', '-c', `sleep ${seconds}; echo no license found >&2; exit 3`];
  const initContainers = [{ name: 'fetch', image: 'testbed/busybox:1', command: ending(0) }];
  const given = [...[0, 0.05, 0.1, 0.15].map((seconds) => ({ command: ending(seconds) })), { podSpec: { spec: { initContainers } } }];
  const reasons = await Promise.all(
    given.map(async (options) => {
      await using provider = new PodSandboxProvider(namespace.options(options));
      return (await failureOf(provider.create())).message;
    }),
  );
  for (const reason of reasons) expect(reason).toMatch(/^The pod \S+ ended at once: .*Error, exit code 3, no license found$/);
  expect(reasons.at(-1)).toContain('init container fetch');
});

test("if a pod ends before the first program, the error is the pod's end, not the program's", { concurrent: true }, async () => {
  await using namespace = await TestNamespace.create('ends-early');
  await using provider = new PodSandboxProvider(namespace.options());
  await using sandbox = await provider.create();
  const { metadata } = await namespace.request<V1Pod>({ ...RESOURCE.pods, verb: 'get', name: sandbox.podName });
  const identity = { namespace: namespace.name, name: sandbox.podName, uid: metadata?.uid ?? '' };
  const met = new Error('no running task found');
  const explain = (): Promise<unknown> =>
    explainEarlyEnd(provider.client, { identity, error: met, abortSignal: new AbortController().signal }).catch(
      (reason: unknown) => reason,
    );
  expect(await explain()).toBe(met);
  await sandbox.run({ command: 'kill -TERM 1; sleep 60' }).catch(() => {});
  await sandbox.lost;
  expect(await explain()).toMatchObject({ code: 'start-failed', message: expect.stringMatching(/ended at once: Error, exit code 143$/) });
});

test('the error of a start that takes too long says what the pod waits for', { concurrent: true }, async () => {
  await using namespace = await TestNamespace.create('init-hangs');
  const initContainers = [{ name: 'wait-for-database', image: 'testbed/busybox:1', command: ['sleep', '300'] }];
  const podSpec = { spec: { initContainers } };
  await using hanging = new PodSandboxProvider(namespace.options({ podSpec, startTimeoutMs: 8_000 }));
  expect((await failureOf(hanging.create())).message).toMatch(/within 8000 ms\. The init container wait-for-database has not ended\./);
  const volumes = [
    { name: 'settings', configMap: { name: 'absent' } },
    { name: 'keys', projected: { sources: [{ secret: { name: 'missing' } }] } },
  ];
  const volumeMounts = volumes.map(({ name }) => ({ name, mountPath: `/${name}` }));
  const mounts = { spec: { volumes, containers: [{ name: 'sandbox', volumeMounts }] } };
  await using mounting = new PodSandboxProvider(namespace.options({ podSpec: mounts, startTimeoutMs: 1_500 }));
  expect((await failureOf(mounting.create())).message).toMatch(
    /It mounts the config map absent and the secret missing, which must exist\./,
  );
  const gated = { spec: { schedulingGates: [{ name: 'example.com/quota' }] } };
  await using waiting = new PodSandboxProvider(namespace.options({ podSpec: gated, startTimeoutMs: 2_000 }));
  expect((await failureOf(waiting.create())).message).toMatch(/within 2000 ms\. .*[Ss]cheduling.* gate/);
});
