import { randomUUID } from 'node:crypto';
import { KubeConfig } from '@kubernetes/client-node';
import { ProcessLost } from '@sandpod/core';
import type { FaultProxy } from '@sandpod/testkit/fault-proxy';
import { afterAll, beforeAll, test } from 'vitest';
import { loadKubeSettings } from '../src/client/kube-settings.ts';
import { POD_RULES, PodSandboxProvider } from '../src/index.ts';
import { startKubeProxy } from './fixtures/fault-proxy.ts';
import { failureOf, type Rules, TestNamespace } from './fixtures/test-namespace.ts';
import { testKubeConfigFile } from './test-cluster.ts';

let namespace: TestNamespace;

beforeAll(async () => {
  namespace = await TestNamespace.create('rights');
});
afterAll(() => namespace[Symbol.asyncDispose]());

/** A provider that acts as a service account which has these rules and nothing else, through a proxy where one is given. */
async function providerWith(name: string, rules: Rules, proxy?: FaultProxy): Promise<PodSandboxProvider> {
  await namespace.createAccount(name, rules);
  const config = new KubeConfig();
  const cluster = loadKubeSettings({ kubeConfigFile: testKubeConfigFile }).config.getCurrentCluster();
  if (cluster === null) throw new Error('Expected a cluster.');
  // Through the proxy, which speaks plain HTTP and adds an administrator's credentials, it acts as the account by impersonation.
  const through = proxy === undefined ? {} : { server: proxy.url, skipTLSVerify: true };
  const user =
    proxy === undefined ? { token: await namespace.tokenOf(name) } : { impersonateUser: `system:serviceaccount:${namespace.name}:${name}` };
  config.loadFromClusterAndUser({ ...cluster, ...through }, { name, ...user });
  return new PodSandboxProvider(namespace.options({ kubeConfig: config, kubeConfigFile: undefined }));
}

/** Everything that a provider is used for. */
async function useEverything(provider: PodSandboxProvider): Promise<void> {
  const sandbox = await provider.create({ name: `user-${randomUUID().slice(0, 8)}` });
  try {
    await sandbox.run({ argv: ['true'] });
    await sandbox.writeTextFile({ path: 'file', content: 'text' });
    await Array.fromAsync(provider.list());
    await (await provider.attach({ id: sandbox.id })).detach();
    await sandbox.extend({ expiresInMs: 600_000 });
    await provider.sweep({ dryRun: true });
  } finally {
    await sandbox[Symbol.asyncDispose]();
  }
}

test('the generated role is enough for everything [row 53]', { concurrent: true }, async () => {
  await using provider = await providerWith('enough', POD_RULES);
  await useEverything(provider);
});

/**
 * Two verbs have tests of their own. `get pods` is needed only after a fault: a watch that the server forgot, or a connection that
 * broke. `create pods/exec` is asked for by servers from 1.35 on, beside get; older ones never ask.
 */
const ELSEWHERE = new Set(['create pods/exec', 'get pods']);
const RIGHTS = POD_RULES.flatMap(({ resources, verbs }) => verbs.map((verb) => ({ verb, resource: resources[0] }))).filter(
  ({ verb, resource }) => !ELSEWHERE.has(`${verb} ${resource}`),
);

function rulesWithout(verb: string, resource: string): Rules {
  return POD_RULES.map((rule) => ({
    ...rule,
    verbs: rule.verbs.filter((other) => rule.resources[0] !== resource || other !== verb),
  })).filter(({ verbs }) => verbs.length > 0);
}

test.for(RIGHTS)(
  'without $verb $resource something fails that names it [row 53]',
  { concurrent: true },
  async ({ verb, resource }, { expect: expectHere }) => {
    await using provider = await providerWith(`no-${verb}-${resource.replace('/', '-')}`, rulesWithout(verb, resource));
    const { message, advice } = await failureOf(useEverything(provider));
    expectHere(message).toContain(`${verb} ${resource}`);
    expectHere(advice).toContain(`Grant the verb ${verb} on ${resource}`);
  },
);

test('without get pods a start whose watch was forgotten fails, and a broken connection cannot be explained; both name it [row 53]', {
  concurrent: true,
}, async ({ expect: expectHere }) => {
  await using proxy = await startKubeProxy();
  await using provider = await providerWith('no-get-pods', rulesWithout('get', 'pods'), proxy);
  proxy.choose = ({ url }) => (url.searchParams.has('watch') ? { kind: 'status', status: 410 } : undefined);
  const { message, advice } = await failureOf(provider.create());
  expectHere(message).toContain('get pods');
  expectHere(advice).toContain('Grant the verb get on pods in');
  proxy.choose = () => undefined;
  const sandbox = await provider.create();
  const process = await sandbox.spawn({ argv: ['sh', '-c', 'echo began; sleep 60'] });
  await process.output.getReader().read();
  proxy.cutTunnels();
  const error = await process.wait().catch((reason: unknown) => reason);
  if (!ProcessLost.isInstance(error)) throw new Error(`Expected a loss, given ${JSON.stringify(error)}.`);
  expectHere(error.outcome).toBe('transport');
  expectHere(error.reason).toMatch(/get pods .*Grant the verb get on pods in/);
  await sandbox[Symbol.asyncDispose]();
});

/** The response of servers from 1.35 on to an exec of a user who has the right get, but not create. */
const REFUSAL = JSON.stringify({
  kind: 'Status',
  status: 'Failure',
  reason: 'Forbidden',
  code: 403,
  message: 'pods "p" is forbidden: User "u" cannot create resource "pods/exec" in API group "" in the namespace "n"',
});

test('a server that also requires create on pods/exec gets an error that names it [row 53]', { concurrent: true }, async ({
  expect: expectHere,
}) => {
  await using proxy = await startKubeProxy();
  await using provider = await providerWith('no-create-exec', rulesWithout('create', 'pods/exec'), proxy);
  const { gitVersion } = await provider.client.json<{ gitVersion: string }>({
    call: { verb: 'get', group: '', version: '', resource: 'version', path: '/version' },
  });
  const asksByItself = Number(/^v1\.(\d+)/.exec(gitVersion)?.[1]) >= 35;
  if (!asksByItself) proxy.choose = ({ isUpgrade }) => (isUpgrade ? { kind: 'status', status: 403, body: REFUSAL } : undefined);
  const { message, advice } = await failureOf(useEverything(provider));
  expectHere(message).toContain('pods/exec');
  expectHere(advice).toContain('Grant the verb create on pods/exec');
});
