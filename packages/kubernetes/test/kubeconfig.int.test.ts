import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { openExecChannel } from '../src/client/exec-channel.ts';
import { KubeClient } from '../src/client/kube-client.ts';
import { loadKubeSettings } from '../src/client/kube-settings.ts';
import { parseYaml } from '../src/client/parse-yaml.ts';
import { POD_RULES, PodSandboxProvider, type PodSandboxProviderOptions } from '../src/index.ts';
import { failureOf, TestNamespace } from './fixtures/test-namespace.ts';
import { testKubeConfigFile } from './test-cluster.ts';

const PLUGIN = fileURLToPath(new URL('./fixtures/token-plugin.ts', import.meta.url));
const RBAC = { group: 'rbac.authorization.k8s.io', version: 'v1' } as const;

let namespace: TestNamespace;
let directory: string;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'sandpod-kubeconfig-'));
  namespace = await TestNamespace.create('kubeconfig');
  await Promise.all(['one', 'two'].map(createAccount));
});
afterAll(async () => {
  rmSync(directory, { recursive: true });
  await namespace[Symbol.asyncDispose]();
});
afterEach(() => vi.unstubAllEnvs());

/** A service account with the documented role. */
async function createAccount(name: string): Promise<void> {
  const metadata = { name };
  await namespace.request({ verb: 'create', group: '', version: 'v1', resource: 'serviceaccounts' }, { metadata });
  await namespace.request({ ...RBAC, verb: 'create', resource: 'roles' }, { metadata, rules: POD_RULES });
  await namespace.request(
    { ...RBAC, verb: 'create', resource: 'rolebindings' },
    {
      metadata,
      roleRef: { apiGroup: RBAC.group, kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name, namespace: namespace.name }],
    },
  );
}

async function tokenOf(name: string): Promise<string> {
  const call = { verb: 'create', group: '', version: 'v1', resource: 'serviceaccounts', name, subresource: 'token' } as const;
  return (await namespace.request<{ status: { token: string } }>(call, { spec: {} })).status.token;
}

interface Content {
  readonly clusters: readonly object[];
  readonly users: readonly object[];
  readonly contexts: readonly { readonly name: string; readonly context: object }[];
  readonly 'current-context': string;
}

/** The tests' own configuration, as an administrator. */
function adminContent(): Content {
  const [content] = parseYaml(readFileSync(testKubeConfigFile ?? '', 'utf8'));
  return content as Content;
}

/** A configuration of the same cluster for one user. */
function contentFor(user: object): Content & { readonly kind: string } {
  const { clusters } = adminContent();
  const cluster = (clusters[0] as { readonly name: string }).name;
  const context = { cluster, user: 'me', namespace: namespace.name };
  return { kind: 'Config', clusters, users: [{ name: 'me', user }], contexts: [{ name: 'here', context }], 'current-context': 'here' };
}

let files = 0;

function write(content: object): string {
  files += 1;
  const file = join(directory, `config-${files}`);
  writeFileSync(file, JSON.stringify(content));
  return file;
}

/** A kubeconfig whose user is told by a plugin, which logs that it was asked. */
function pluginConfig(lifeMs: number): { readonly file: string; readonly asked: () => string[] } {
  files += 1;
  const log = join(directory, `asked-${files}`);
  writeFileSync(log, '');
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1',
    interactiveMode: 'Never',
    command: process.execPath,
    args: ['--conditions=@sandpod/source', PLUGIN, namespace.name, 'one', String(lifeMs), log],
    env: [{ name: 'FLAVOUR', value: 'plain' }],
  };
  return { file: write(contentFor({ exec })), asked: () => readFileSync(log, 'utf8').split('\n').filter(Boolean) };
}

function options(more: PodSandboxProviderOptions): PodSandboxProviderOptions {
  return namespace.options({ kubeConfigFile: undefined, namespace: undefined, ...more });
}

async function useSandbox(provider: PodSandboxProvider): Promise<void> {
  await using sandbox = await provider.create();
  expect((await sandbox.run({ argv: ['echo', 'hello'] })).stdout).toBe('hello\n');
}

/** Whom the API server takes the client for. */
async function whoAmI(client: KubeClient): Promise<string> {
  const call = { verb: 'create', group: 'authentication.k8s.io', version: 'v1', resource: 'selfsubjectreviews' } as const;
  const { status } = await client.json<{ status: { userInfo: { username: string } } }>({ call, body: {} });
  return status.userInfo.username;
}

test('an exec plugin is asked once for a credential that lasts, also by requests at the same time', { concurrent: true }, async ({
  expect,
}) => {
  const { file, asked } = pluginConfig(600_000);
  using provider = new PodSandboxProvider(options({ kubeConfigFile: file }));
  await Promise.all([useSandbox(provider), Array.fromAsync(provider.list()), Array.fromAsync(provider.list())]);
  expect(asked()).toEqual(['client.authentication.k8s.io/v1 plain']);
  expect(await whoAmI(provider.client)).toBe(`system:serviceaccount:${namespace.name}:one`);
});

test('an exec plugin is asked again when its credential ends', { concurrent: true }, async ({ expect }) => {
  const { file, asked } = pluginConfig(2_000);
  using client = new KubeClient(loadKubeSettings({ kubeConfigFile: file }));
  await whoAmI(client);
  const before = asked().length;
  await expect
    .poll(
      async () => {
        await whoAmI(client);
        return asked().length;
      },
      { timeout: 45_000, interval: 500 },
    )
    .toBeGreaterThan(before);
});

test('an exec plugin is asked again when the server refuses what it said', { concurrent: true }, async ({ expect }) => {
  const answer = join(directory, 'revoked.json');
  const write = (token: string): void => writeFileSync(answer, JSON.stringify({ status: { token } }));
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: 'cat', args: [answer] };
  using provider = new PodSandboxProvider(options({ kubeConfig: contentFor({ exec }) }));
  write('revoked');
  expect(await failureOf(whoAmI(provider.client))).toMatchObject({ details: { status: 401 } });
  write(await tokenOf('one'));
  expect(await whoAmI(provider.client)).toContain(':one');
  await useSandbox(provider);
});

test('an exec plugin may answer with a certificate', { concurrent: true }, async ({ expect }) => {
  const [{ user }] = adminContent().users as [{ user: Record<string, string> }];
  const decode = (name: string): string => Buffer.from(user[name] ?? '', 'base64').toString();
  const status = {
    clientCertificateData: decode('client-certificate-data'),
    clientKeyData: decode('client-key-data'),
    expirationTimestamp: new Date(Date.now() + 1_000).toISOString(),
  };
  const answer = join(directory, 'answer.json');
  writeFileSync(answer, JSON.stringify({ status }));
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: 'cat', args: [answer] };
  using provider = new PodSandboxProvider(options({ kubeConfig: contentFor({ exec }) }));
  await useSandbox(provider);
  expect(await whoAmI(provider.client)).toBe(await whoAmI(namespace.client));
});

test.for([
  [
    'a program that fails',
    { command: 'sh', args: ['-c', 'echo please log in >&2; exit 1'] },
    /sh, which .* names for credentials, failed: please log in/,
  ],
  ['an answer that is none', { command: 'echo', args: ['my-secret'] }, /gave an answer that cannot be used: it is no ExecCredential/],
  ['an empty credential', { command: 'echo', args: ['{"status":{}}'] }, /it has neither a token nor a certificate/],
  ['a program that is not installed', { command: 'no-such-plugin', installHint: 'Install it so.' }, /no-such-plugin, which .* ENOENT/],
] as const)('%s is told as such, without the answer', { concurrent: true }, async ([, plugin, message]) => {
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', ...plugin };
  using provider = new PodSandboxProvider(options({ kubeConfig: contentFor({ exec }) }));
  const error = await failureOf(Array.fromAsync(provider.list()));
  expect(error.message).toMatch(message);
  expect(error.message).not.toContain('my-secret');
  expect(error.advice).toEqual('installHint' in plugin ? plugin.installHint : expect.stringContaining('yourself'));
});

test('an exec plugin is told of the cluster where it asks for that', { concurrent: true }, async ({ expect }) => {
  const log = join(directory, 'told');
  const script = `printf %s "$KUBERNETES_EXEC_INFO" > ${log}; echo '{"status":{"token":"x"}}'`;
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: 'sh', args: ['-c', script], provideClusterInfo: true };
  const content = contentFor({ exec });
  const [{ name, cluster }] = content.clusters as [{ name: string; cluster: Record<string, string> }];
  const extensions = [{ name: 'client.authentication.k8s.io/exec', extension: { audience: 'us' } }];
  using client = new KubeClient(
    loadKubeSettings({ kubeConfig: { ...content, clusters: [{ name, cluster: { ...cluster, extensions } }] } }),
  );
  await failureOf(whoAmI(client));
  expect(JSON.parse(readFileSync(log, 'utf8')).spec).toEqual({
    interactive: false,
    cluster: {
      server: cluster['server'],
      'certificate-authority-data': cluster['certificate-authority-data'],
      config: { audience: 'us' },
    },
  });
});

test('whom requests are made for reaches the server whole', { concurrent: true }, async ({ expect }) => {
  const [{ user }] = adminContent().users as [{ user: object }];
  const extra = { 'example.org/team': ['red', 'blue'] };
  const as = { as: 'someone', 'as-uid': '7', 'as-groups': ['few', 'system:masters'], 'as-user-extra': extra };
  using provider = new PodSandboxProvider(options({ kubeConfig: contentFor({ ...user, ...as }) }));
  const call = { verb: 'create', group: 'authentication.k8s.io', version: 'v1', resource: 'selfsubjectreviews' } as const;
  const { status } = await provider.client.json<{ status: { userInfo: object } }>({ call, body: {} });
  expect(status.userInfo).toMatchObject({
    username: 'someone',
    uid: '7',
    groups: expect.arrayContaining(['few', 'system:masters']),
    extra,
  });
  await useSandbox(provider);
});

test('refused credentials are named by their source', { concurrent: true }, async ({ expect }) => {
  const file = write(contentFor({ token: 'expired' }));
  using provider = new PodSandboxProvider(options({ kubeConfigFile: file }));
  const advice = expect.stringMatching(new RegExp(`credentials from the file ${file} .*log in again`));
  expect(await failureOf(Array.fromAsync(provider.list()))).toMatchObject({ details: { status: 401 }, advice });
  const place = { namespace: namespace.name, pod: 'any', container: 'any', argv: ['true'] };
  expect(await failureOf(openExecChannel(provider.client, place))).toMatchObject({ details: { status: 401 }, advice });
});

test('a certificate that is not there is told as such', { concurrent: true }, async ({ expect }) => {
  const file = write(contentFor({ 'client-certificate': 'missing.crt', 'client-key': 'missing.key' }));
  using provider = new PodSandboxProvider(options({ kubeConfigFile: file }));
  const error = await failureOf(Array.fromAsync(provider.list()));
  expect(error).toMatchObject({ code: 'start-failed', isRetryable: false });
  expect(error.message).toMatch(/The configuration from the file .* cannot be used: .*missing\.crt/);
});

test('a token file that is replaced is read again at once; its path counts from the configuration', { concurrent: true }, async ({
  expect,
}) => {
  const token = join(directory, 'token');
  const replace = (content: string): void => {
    writeFileSync(`${token}.new`, content);
    renameSync(`${token}.new`, token);
  };
  replace(`${await tokenOf('one')}\n`);
  using provider = new PodSandboxProvider(options({ kubeConfigFile: write(contentFor({ tokenFile: 'token' })) }));
  await using sandbox = await provider.create();
  expect(await whoAmI(provider.client)).toBe(`system:serviceaccount:${namespace.name}:one`);
  replace('expired');
  expect(await failureOf(Array.fromAsync(provider.list()))).toMatchObject({ details: { status: 401 } });
  replace(await tokenOf('two'));
  expect(await whoAmI(provider.client)).toBe(`system:serviceaccount:${namespace.name}:two`);
  expect((await sandbox.run({ argv: ['echo', 'still here'] })).stdout).toBe('still here\n');
  replace('');
  expect((await failureOf(Array.fromAsync(provider.list()))).message).toContain(`The token file ${token}`);
  replace(await tokenOf('one'));
});

test('a file, its URL, and its content as an object all work, and describe() says which source was used', {
  concurrent: true,
}, async ({ expect }) => {
  const file = write(contentFor({ token: await tokenOf('one') }));
  const sources: [PodSandboxProviderOptions, string][] = [
    [{ kubeConfigFile: file }, `from the file ${file};`],
    [{ kubeConfigFile: pathToFileURL(file) }, `from the file ${file};`],
    [{ kubeConfig: JSON.parse(readFileSync(file, 'utf8')) }, 'from the kubeConfig option;'],
  ];
  for (const [given, note] of sources) {
    using provider = new PodSandboxProvider(options(given));
    expect(provider.describe().notes[0]).toContain(note);
    expect(provider.namespace).toBe(namespace.name);
    expect(await Array.fromAsync(provider.list())).toBeInstanceOf(Array);
  }
});

test('the files of KUBECONFIG are put together as kubectl does: the first one wins, missing ones are left out', async () => {
  const { clusters, contexts } = contentFor({});
  const first = write({ contexts, 'current-context': 'here' });
  const second = write({ clusters, users: [{ name: 'me', user: { token: await tokenOf('one') } }], 'current-context': 'elsewhere' });
  const third = write({ clusters, users: [{ name: 'me', user: { token: 'not this one' } }] });
  vi.stubEnv('KUBECONFIG', [join(directory, 'missing'), first, second, third].join(delimiter));
  using provider = new PodSandboxProvider(options({}));
  expect(provider.describe().notes[0]).toContain('from KUBECONFIG (');
  expect(await whoAmI(provider.client)).toBe(`system:serviceaccount:${namespace.name}:one`);
});

test('the default file is used where KUBECONFIG is not set', async () => {
  const home = join(directory, 'home');
  mkdirSync(join(home, '.kube'), { recursive: true });
  writeFileSync(join(home, '.kube', 'config'), JSON.stringify(contentFor({ token: await tokenOf('two') })));
  vi.stubEnv('KUBECONFIG', '');
  vi.stubEnv('HOME', home);
  using provider = new PodSandboxProvider(options({}));
  expect(provider.describe().notes[0]).toContain(`from ${join(home, '.kube', 'config')};`);
  expect(await whoAmI(provider.client)).toBe(`system:serviceaccount:${namespace.name}:two`);
});

test('a context is chosen by its name, with its namespace; one that is not there is answered with those that are', () => {
  const content = contentFor({ token: 'x' });
  const [here] = content.contexts;
  const there = { name: 'there', context: { ...here?.context, namespace: 'elsewhere' } };
  const kubeConfig = { ...content, contexts: [...content.contexts, there] };
  using provider = new PodSandboxProvider(options({ kubeConfig, context: 'there' }));
  expect(provider.namespace).toBe('elsewhere');
  expect(() => new PodSandboxProvider(options({ kubeConfig, context: 'nowhere' }))).toThrow(
    'context: expected one of here, there (from the kubeConfig option), given "nowhere".',
  );
});
