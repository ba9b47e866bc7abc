import { afterAll, beforeAll, expect, test } from 'vitest';
import { RESOURCE } from '../src/client/resources.ts';
import { type PodSandbox, PodSandboxProvider, type PodSandboxProviderOptions } from '../src/index.ts';
import { TEST } from '../src/manifest/network-test.ts';
import { failureOf, TestNamespace } from './fixtures/test-namespace.ts';

const CONCURRENT = { concurrent: true, timeout: 120_000 } as const;
const POLICIES = { ...RESOURCE.networkPolicies, name: 'sandpod-deny-all' } as const;

/** One whose own policy opens every pod, so that nothing that is proven there is true. */
let namespace: TestNamespace;

beforeAll(async () => {
  namespace = await TestNamespace.create('proof');
  const spec = { podSelector: {}, policyTypes: ['Egress', 'Ingress'], egress: [{}], ingress: [{}] };
  const metadata = { name: 'allow-all', namespace: namespace.name };
  const policy = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata, spec };
  await namespace.request({ ...RESOURCE.networkPolicies, verb: 'create' }, policy);
});
afterAll(() => namespace[Symbol.asyncDispose]());

test('a network test result that an earlier program planted is ignored [row 9]', CONCURRENT, async ({ expect }) => {
  const initContainers = [
    {
      name: 'plant',
      image: 'testbed/busybox:1',
      command: ['sh', '-c', 'echo closed > /tmp/.sandpod-network'],
    },
  ];
  await using provider = new PodSandboxProvider(
    namespace.options({ network: 'require-none', workspacePath: '/tmp', podSpec: { spec: { initContainers } } }),
  );
  const error = await failureOf(provider.create());
  expect(error).toMatchObject({ code: 'start-failed', message: expect.stringMatching(/^The network of the pod .* is open/) });
  expect(provider.describe().weaknesses).toHaveLength(1);
});

const ADDRESSES: readonly Record<string, string>[] = [{ KUBERNETES_SERVICE_HOST: '203.0.113.1' }, { KUBERNETES_SERVICE_PORT: '1' }];

test.for(ADDRESSES)('variables that would have the network tested elsewhere are refused: %o', (env) => {
  const [name = ''] = Object.keys(env);
  const containers = [{ name: 'sandbox', env: [{ name, value: env[name] }] }];
  const build = (options: PodSandboxProviderOptions) => (): PodSandboxProvider => new PodSandboxProvider(namespace.options(options));
  expect(build({ env })).toThrow(`pod.env: expected neither KUBERNETES_SERVICE_HOST`);
  expect(build({ podSpec: { spec: { containers } }, network: 'require-none' })).toThrow(/spec\.containers\[0\]\.env: .* given KUBERNETES_/);
  expect(build({ env, podSpec: { spec: { containers } }, network: 'open' })).not.toThrow();
});

/** What the image has to connect with; the test is shown nothing else. */
const TOOLS = [
  ['python3', 'testbed/polyglot:1', ['python3', 'sleep']],
  ['bash', 'testbed/polyglot:1', ['bash', 'timeout', 'sleep']],
  ['nc', 'testbed/busybox:1', ['nc', 'sleep']],
] as const;

async function findOut(sandbox: PodSandbox, options: { readonly programs: readonly string[]; readonly address?: string }): Promise<string> {
  const { programs, address = '$KUBERNETES_SERVICE_HOST $KUBERNETES_SERVICE_PORT' } = options;
  const script = `mkdir -p bin; for name in ${programs.join(' ')}; do ln -sf "$(command -v $name)" bin; done; PATH=$PWD/bin
set -- ${address}; export KUBERNETES_SERVICE_HOST=$1 KUBERNETES_SERVICE_PORT=$2; ${TEST}`;
  return (await sandbox.run({ argv: ['sh', '-c', script], timeoutMs: 40_000 })).stdout.trim();
}

test.for(TOOLS)('with %s an open network is found open, and a refusal is no proof', CONCURRENT, async ([, image, programs], { expect }) => {
  await using provider = new PodSandboxProvider(namespace.options({ image, network: 'open' }));
  await using sandbox = await provider.create();
  expect(await findOut(sandbox, { programs, address: '127.0.0.1 1' })).toBe('unknown');
  expect(await findOut(sandbox, { programs })).toBe('open');
});

test.for(TOOLS)('with %s a closed network is proven closed', CONCURRENT, async ([, image, programs], { expect }) => {
  await using own = await TestNamespace.create('closed');
  await using provider = new PodSandboxProvider(own.options({ image, network: 'require-none' }));
  await using sandbox = await provider.create();
  expect(await findOut(sandbox, { programs })).toBe('closed');
});

test('nothing is proven if a config map may have set the address of the test', CONCURRENT, async ({ expect }) => {
  await using own = await TestNamespace.create('env-from');
  const containers = [{ name: 'sandbox', envFrom: [{ configMapRef: { name: 'none', optional: true } }] }];
  await using provider = new PodSandboxProvider(own.options({ network: 'none', podSpec: { spec: { containers } } }));
  await using _ = await provider.create();
  expect(provider.describe().weaknesses).toEqual([
    expect.stringMatching(/^It is unknown whether the network is closed: envFrom in podSpec/),
  ]);
});

test('nothing is proven with an image that has no tool, or by a name', CONCURRENT, async ({ expect }) => {
  await using own = await TestNamespace.create('unknown');
  await using provider = new PodSandboxProvider(own.options());
  await using sandbox = await provider.create();
  expect(await findOut(sandbox, { programs: ['sleep'] })).toBe('unknown');
  expect(await findOut(sandbox, { programs: ['bash', 'timeout', 'sleep'], address: 'kubernetes.default 443' })).toBe('unknown');
});

test('a policy that someone deleted is created again, also by several starts at once', CONCURRENT, async ({ expect }) => {
  await using own = await TestNamespace.create('policy');
  await using provider = new PodSandboxProvider(own.options({ network: 'require-none' }));
  await (await provider.create())[Symbol.asyncDispose]();
  await own.request({ ...POLICIES, verb: 'delete' });
  const sandboxes = await Promise.all([provider.create(), provider.create()]);
  expect(provider.describe().weaknesses).toEqual([]);
  await Promise.all(sandboxes.map((sandbox) => sandbox[Symbol.asyncDispose]()));
});

test("an aborted start does not take another one's policy away", CONCURRENT, async ({ expect }) => {
  await using own = await TestNamespace.create('shared');
  await using provider = new PodSandboxProvider(own.options({ network: 'require-none' }));
  const controller = new AbortController();
  const aborted = provider.create({ abortSignal: controller.signal });
  const other = provider.create();
  controller.abort(new Error('enough'));
  await expect(aborted).rejects.toThrow('enough');
  await (await other)[Symbol.asyncDispose]();
});
