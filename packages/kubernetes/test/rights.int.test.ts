import { KubeConfig } from '@kubernetes/client-node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadKubeSettings } from '../src/client/kube-settings.ts';
import { POD_RULES, PodSandboxProvider, podRoleManifest } from '../src/index.ts';
import { failureOf, TestNamespace } from './fixtures/test-namespace.ts';
import { testKubeConfigFile } from './test-cluster.ts';

const RBAC = { group: 'rbac.authorization.k8s.io', version: 'v1' } as const;
type Rules = readonly { readonly apiGroups: readonly string[]; readonly resources: readonly string[]; readonly verbs: readonly string[] }[];

let namespace: TestNamespace;

beforeAll(async () => {
  namespace = await TestNamespace.create('rights');
});
afterAll(() => namespace[Symbol.asyncDispose]());

/** A provider that acts as a service account which has these rules and nothing else. */
async function providerWith(name: string, rules: Rules): Promise<PodSandboxProvider> {
  const metadata = { name };
  await namespace.request({ verb: 'create', group: '', version: 'v1', resource: 'serviceaccounts' }, { metadata });
  await namespace.request({ ...RBAC, verb: 'create', resource: 'roles' }, { metadata, rules });
  const binding = {
    metadata,
    roleRef: { apiGroup: RBAC.group, kind: 'Role', name },
    subjects: [{ kind: 'ServiceAccount', name, namespace: namespace.name }],
  };
  await namespace.request({ ...RBAC, verb: 'create', resource: 'rolebindings' }, binding);
  const call = { verb: 'create', group: '', version: 'v1', resource: 'serviceaccounts', name, subresource: 'token' } as const;
  const { status } = await namespace.request<{ status: { token: string } }>(call, { spec: {} });
  const config = new KubeConfig();
  const cluster = loadKubeSettings({ kubeConfigFile: testKubeConfigFile }).config.getCurrentCluster();
  if (cluster === null) throw new Error('Expected a cluster.');
  config.loadFromClusterAndUser(cluster, { name, token: status.token });
  return new PodSandboxProvider(namespace.options({ kubeConfig: config, kubeConfigFile: undefined }));
}

/** All that a provider is used for. */
async function useEverything(provider: PodSandboxProvider): Promise<void> {
  const sandbox = await provider.create();
  try {
    await sandbox.run({ argv: ['true'] });
    await sandbox.writeTextFile({ path: 'file', content: 'text' });
    await Array.fromAsync(provider.list());
    await provider.attach({ id: sandbox.id });
    await provider.sweep({ dryRun: true });
  } finally {
    await sandbox[Symbol.asyncDispose]();
  }
}

test('the generated role is enough for everything [row 53]', { concurrent: true }, async () => {
  using provider = await providerWith('enough', POD_RULES);
  await useEverything(provider);
});

/** `create pods/exec` is asked for by servers from 1.35 on; `get pods` is needed only after a fault: a watch or a connection that broke. */
const LATER = new Set(['create pods/exec', 'get pods']);
const RIGHTS = POD_RULES.flatMap(({ resources, verbs }) => verbs.map((verb) => ({ verb, resource: resources[0] }))).filter(
  ({ verb, resource }) => !LATER.has(`${verb} ${resource}`),
);

test.for(RIGHTS)(
  'without $verb $resource something fails that names it [row 53]',
  { concurrent: true },
  async ({ verb, resource }, { expect: expectHere }) => {
    const rules = POD_RULES.map((rule) => ({
      ...rule,
      verbs: rule.verbs.filter((other) => rule.resources[0] !== resource || other !== verb),
    })).filter(({ verbs }) => verbs.length > 0);
    using provider = await providerWith(`no-${verb}-${resource.replace('/', '-')}`, rules);
    const { message, advice } = await failureOf(useEverything(provider));
    expectHere(message).toContain(`${verb} ${resource}`);
    expectHere(advice).toContain(`Grant the verb ${verb} on ${resource}`);
  },
);

test('the manifest has the rules, in the namespace', () => {
  const manifest = podRoleManifest({ namespace: 'somewhere' });
  for (const { verbs } of POD_RULES) expect(manifest).toContain(JSON.stringify(verbs));
  expect(manifest.match(/namespace: somewhere/g)).toHaveLength(4);
});
