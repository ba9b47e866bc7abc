import { expect, test } from 'vitest';
import type { KubeCall } from '../src/client/kube-error.ts';
import { RESOURCE } from '../src/client/resources.ts';
import type { PodSandboxProviderOptions } from '../src/index.ts';
import { leaseJob } from '../src/manifest/lease-job.ts';
import { nameInstance } from '../src/manifest/name-instance.ts';
import { podSpec, workdirPodSpec } from '../src/manifest/pod-spec.ts';
import { resolvePodOptions } from '../src/options/resolve-pod-options.ts';
import { TestNamespace } from './fixtures/test-namespace.ts';

const helper = { name: 'helper', image: 'testbed/busybox:1', command: ['sleep', '60'] };
const sandbox = { name: 'sandbox', env: [{ name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }] };

/** Of each group none or one; all options that loosen nothing which Pod Security "restricted" asks for. */
const GROUPS: readonly (readonly PodSandboxProviderOptions[])[] = [
  [{ runtimeClassName: 'gvisor' }],
  [{ network: 'open' }, { network: 'require-none' }],
  [{ runAsUser: 4711 }],
  [{ command: ['sleep'], args: ['60'] }, { args: ['60'] }],
  [
    { volume: { name: 'fast', emptyDir: { medium: 'Memory', sizeLimit: '5Mi' } } },
    { volume: { name: 'kept', persistentVolumeClaim: { claimName: 'x' } } },
  ],
  [
    { podSpec: { spec: { containers: [sandbox, helper], initContainers: [{ ...helper, name: 'first' }] } } },
    { podSpec: { spec: { containers: [], securityContext: { runAsUser: 2000, fsGroup: 2001 } } } },
  ],
  [{ writableRoot: true }],
  [
    {
      automountServiceAccountToken: true,
      serviceAccountName: 'default',
      env: { A: 'b' },
      labels: { team: 'a' },
      annotations: { note: 'b' },
      imagePullSecrets: ['absent'],
      imagePullPolicy: 'Always',
      nodeSelector: { shelf: 'top' },
      tolerations: [{ operator: 'Exists' }],
      requests: { cpu: '1' },
      limits: { memoryBytes: 2 ** 30 },
    },
  ],
];

function combinationsOf(groups: typeof GROUPS): PodSandboxProviderOptions[] {
  return groups.reduce<PodSandboxProviderOptions[]>(
    (all, group) => all.flatMap((options) => [options, ...group.map((each) => ({ ...options, ...each }))]),
    [{}],
  );
}

test('every combination of options is accepted without a warning where "restricted" is enforced [row 10]', {
  timeout: 120_000,
}, async () => {
  await using namespace = await TestNamespace.create('admission');
  /** Admission judges a dry run as it does the real thing. */
  const dryRun = (resource: Pick<KubeCall, 'group' | 'version' | 'resource'>, body: unknown): Promise<unknown> =>
    namespace.client.json({
      call: { ...resource, verb: 'create', namespace: namespace.name },
      query: { dryRun: 'All', fieldValidation: 'Strict' },
      body,
    });
  const combinations = combinationsOf(GROUPS);
  const work = combinations.values().map(async (given) => {
    const options = resolvePodOptions(namespace.options(given));
    const instance = nameInstance(options, { namespace: namespace.name });
    const plan = { ...instance, leaseUid: 'f0f0f0f0-0000-4000-8000-000000000000', workspace: '/workspace' };
    await dryRun(RESOURCE.pods, podSpec(options, plan));
    await dryRun(RESOURCE.pods, workdirPodSpec(options, plan));
    await dryRun(RESOURCE.jobs, leaseJob(options, instance));
  });
  // Each takes the next one when it is ready.
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (const each of work) await each;
    }),
  );
  expect(combinations).toHaveLength(2 ** 4 * 3 ** 4);
  expect(namespace.client.warnings).toEqual([]);
});
