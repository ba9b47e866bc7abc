import type { V1Volume } from '@kubernetes/client-node';
import type { SandpodError } from '@sandpod/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PodSandboxProvider, type PodSandboxProviderOptions } from '../src/index.ts';
import { failureOf, sayHello, TestNamespace } from './fixtures/test-namespace.ts';

let namespace: TestNamespace;

beforeAll(async () => {
  namespace = await TestNamespace.create('starts');
});
afterAll(() => namespace[Symbol.asyncDispose]());

interface Case {
  readonly name: string;
  readonly options: PodSandboxProviderOptions;
  readonly says: RegExp;
  readonly advises?: RegExp;
}

function mounting(source: Omit<V1Volume, 'name'>): PodSandboxProviderOptions {
  const containers = [{ name: 'sandbox', volumeMounts: [{ name: 'data', mountPath: '/data' }] }];
  return { podSpec: { spec: { containers, volumes: [{ name: 'data', ...source }] } } };
}

const CASES: readonly Case[] = [
  { name: 'an image that cannot be pulled', options: { image: 'testbed/busybox:missing' }, says: /ErrImagePull|ImagePullBackOff/ },
  { name: 'an image name that is none', options: { image: 'Not A Name' }, says: /InvalidImageName|invalid/i },
  {
    name: 'an image that may not be pulled',
    options: { image: 'testbed/busybox:missing', imagePullPolicy: 'Never' },
    says: /ErrImageNeverPull/,
  },
  {
    name: 'a missing runtime class',
    options: { runtimeClassName: 'nowhere' },
    says: /RuntimeClass "nowhere" not found/,
    advises: /kubectl get runtimeclasses/,
  },
  {
    name: 'a pod that no node has room for',
    options: { requests: { cpu: '900' }, limits: { cpus: 900 }, scheduleTimeoutMs: 1_000 },
    says: /No node has room.*Insufficient cpu/,
  },
  {
    name: 'a node that there is not',
    options: { nodeSelector: { shelf: 'top' }, scheduleTimeoutMs: 1_000 },
    says: /No node has room.*node affinity\/selector/,
  },
  { name: 'a label that the cluster refuses', options: { labels: { 'not a label': 'x' } }, says: /not a label/ },
  { name: 'an image without a shell', options: { image: 'testbed/pause:1' }, says: /"sh": .*not found/, advises: /no shell named sh/ },
  {
    name: 'an image without a shell on gVisor, which repeats our command',
    options: { image: 'testbed/pause:1', runtimeClassName: 'gvisor' },
    says: /^.{0,350}"sh" in PATH.{0,350}$/s,
    advises: /no shell named sh/,
  },
  {
    name: 'a secret that there is not',
    options: { podSpec: { spec: { containers: [{ name: 'sandbox', envFrom: [{ secretRef: { name: 'absent' } }] }] } } },
    says: /CreateContainerConfigError: secret "absent" not found/,
  },
  {
    name: 'a config map to mount that there is not',
    options: mounting({ configMap: { name: 'absent' } }),
    says: /FailedMount: .*configmap "absent" not found/,
    advises: /Create the named object/,
  },
  {
    name: 'a secret to mount, among others, that there is not',
    options: mounting({ projected: { sources: [{ downwardAPI: {} }, { secret: { name: 'absent' } }] } }),
    says: /FailedMount: .*secret "absent" not found/,
  },
  {
    name: 'a claim that there is not',
    options: mounting({ persistentVolumeClaim: { claimName: 'absent' } }),
    says: /cannot be scheduled: .*persistentvolumeclaim "absent" not found/,
    advises: /Create the named claim/,
  },
  ...Object.entries({
    'runAsNonRoot != true': { runAsRoot: true },
    'unrestricted capabilities .*NET_RAW': { capabilities: ['NET_RAW'] },
    'allowPrivilegeEscalation != false': { allowPrivilegeEscalation: true },
    'host namespaces .*hostNetwork=true': { hostNamespaces: ['network' as const] },
  }).map(([field, options]) => ({
    name: `a loosening that the namespace forbids, ${Object.keys(options)[0]}`,
    options,
    says: new RegExp(`violates PodSecurity "restricted:latest": .*${field}`),
    advises: /pod-security\.kubernetes\.io\/enforce/,
  })),
];

describe("a start that cannot succeed fails within seconds, with the cluster's own reason, and leaves nothing [row 10] [row 47] [row 48] [row 49]", () => {
  test.for(CASES)('$name', { concurrent: true }, async ({ options, says, advises = /|/ }, { expect: expectHere }) => {
    await using provider = new PodSandboxProvider(namespace.options({ image: 'testbed/busybox:1', ...options }));
    const startedMs = performance.now();
    const error = await failureOf(provider.create());
    expectHere(error.code).toBe('start-failed');
    expectHere(error.message).toMatch(says);
    expectHere(error.advice ?? '').toMatch(advises);
    expectHere(performance.now() - startedMs).toBeLessThan(20_000);
  });

  test('nothing is left of any of them', async () => {
    await expect.poll(() => namespace.objects(), { timeout: 5_000 }).toEqual([]);
  });
});

test('a namespace without quota for another pod says so at once [row 50]', async () => {
  await using full = await TestNamespace.create('quota');
  const body = { metadata: { name: 'none' }, spec: { hard: { pods: '0' } } };
  await full.request({ verb: 'create', group: '', version: 'v1', resource: 'resourcequotas' }, body);
  // The quota counts only once its controller has seen it.
  const isCounted = async (): Promise<boolean> =>
    'hard' in
    ((await full.request<{ status?: object }>({ verb: 'get', group: '', version: 'v1', resource: 'resourcequotas', name: 'none' }))
      .status ?? {});
  await expect.poll(isCounted, { timeout: 10_000 }).toBe(true);
  await using provider = new PodSandboxProvider(full.options());
  const error = await failureOf(provider.create());
  expect(error).toMatchObject({ code: 'start-failed', isRetryable: false });
  expect(error.message).toMatch(/exceeded quota: none/);
  expect(error.advice).toMatch(/larger quota.*one pod and one Job/);
  expect(await full.objects()).toEqual([]);
});

test('the error for a LimitRange that the defaults violate names it, with advice [row 50]', { concurrent: true }, async ({ expect }) => {
  await using ranged = await TestNamespace.create('ranged');
  const limits = [{ type: 'Container', min: { cpu: '100m', memory: '128Mi' }, maxLimitRequestRatio: { cpu: '4' } }];
  const call = { verb: 'create', group: '', version: 'v1', resource: 'limitranges' } as const;
  await ranged.request(call, { metadata: { name: 'strict' }, spec: { limits } });
  const create = async (options: PodSandboxProviderOptions): Promise<SandpodError> => {
    await using provider = new PodSandboxProvider(ranged.options(options));
    return failureOf(provider.create());
  };
  const tooSmall = await create({});
  expect(tooSmall.message).toMatch(/minimum cpu usage per Container is 100m, but request is 20m/);
  expect(tooSmall.advice).toMatch(/requests and limits.*LimitRange/);
  const tooWide = await create({ requests: { cpu: '100m', memory: '128Mi' } });
  expect(tooWide.message).toMatch(/cpu max limit to request ratio per Container is 4/);
  expect(tooWide.advice).toMatch(/requests and limits.*LimitRange/);
  await using provider = new PodSandboxProvider(ranged.options({ requests: { cpu: '250m', memory: '128Mi' } }));
  await sayHello(provider);
});

test('the error for a missing namespace names it, with advice', { concurrent: true }, async ({ expect }) => {
  for (const network of ['none', 'open'] as const) {
    await using provider = new PodSandboxProvider(namespace.options({ namespace: 'sandpod-test-nowhere', network }));
    const error = await failureOf(provider.create());
    expect(error).toMatchObject({ code: 'start-failed', isRetryable: false });
    expect(error.message).toMatch(/namespaces "sandpod-test-nowhere" not found/);
    expect(error.advice).toMatch(/Create the namespace, or set the option namespace/);
  }
});

test("the error of a start that takes too long has the cluster's warning, and nothing is left", async () => {
  await using provider = new PodSandboxProvider(namespace.options());
  const error = await failureOf(provider.create({ startTimeoutMs: 50 }));
  expect(error.code).toBe('start-timeout');
  await expect.poll(() => namespace.objects(), { timeout: 5_000 }).toEqual([]);
});

test('a pod of someone else that has the name is left alone', async () => {
  const container = {
    name: 'theirs',
    image: 'testbed/busybox:1',
    command: ['sleep', '60'],
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      runAsNonRoot: true,
      runAsUser: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    },
  };
  const pods = { group: '', version: 'v1', resource: 'pods' } as const;
  await namespace.request(
    { ...pods, verb: 'create' },
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'theirs' }, spec: { containers: [container] } },
  );
  await using provider = new PodSandboxProvider(namespace.options({ podName: 'theirs' }));
  expect((await failureOf(provider.create())).code).toBe('sandbox-exists');
  await expect.poll(() => namespace.objects(), { timeout: 5_000 }).toEqual(['pods/theirs']);
  await namespace.deletePod('theirs');
});
