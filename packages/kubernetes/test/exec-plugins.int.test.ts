import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { KubeClient } from '../src/client/kube-client.ts';
import { loadKubeSettings } from '../src/client/kube-settings.ts';
import { PodSandboxProvider } from '../src/index.ts';
import { KubeConfigFiles, whoAmI } from './fixtures/kube-config-files.ts';
import { failureOf, sayHello, type TestNamespace } from './fixtures/test-namespace.ts';

const PLUGIN = fileURLToPath(new URL('./fixtures/token-plugin.ts', import.meta.url));

let files: KubeConfigFiles;
let namespace: TestNamespace;

beforeAll(async () => {
  files = await KubeConfigFiles.create('plugins');
  ({ namespace } = files);
});
afterAll(() => files[Symbol.asyncDispose]());

/** A kubeconfig whose user is told by a plugin, which logs that it was asked. */
function pluginConfig(lifeMs: number): { readonly file: string; readonly asked: () => string[] } {
  const log = join(files.directory, `asked-${randomUUID()}`);
  writeFileSync(log, '');
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1',
    interactiveMode: 'Never',
    command: process.execPath,
    args: ['--conditions=@sandpod/source', PLUGIN, namespace.name, 'one', String(lifeMs), log],
    env: [{ name: 'FLAVOUR', value: 'plain' }],
  };
  return { file: files.write(files.contentFor({ exec })), asked: () => readFileSync(log, 'utf8').split('\n').filter(Boolean) };
}

test('an exec plugin runs once for a credential that lasts, also for requests at the same time', { concurrent: true }, async ({
  expect,
}) => {
  const { file, asked } = pluginConfig(600_000);
  await using provider = new PodSandboxProvider(files.options({ kubeConfigFile: file }));
  await Promise.all([sayHello(provider), Array.fromAsync(provider.list()), Array.fromAsync(provider.list())]);
  expect(asked()).toEqual(['client.authentication.k8s.io/v1 plain']);
  expect(await whoAmI(provider.client)).toBe(`system:serviceaccount:${namespace.name}:one`);
});

test('an exec plugin runs again when its credential expires', { concurrent: true }, async ({ expect }) => {
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

test('an exec plugin runs again when the server rejects its credential', { concurrent: true }, async ({ expect }) => {
  const answer = join(files.directory, 'revoked.json');
  const write = (token: string): void => writeFileSync(answer, JSON.stringify({ status: { token } }));
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: 'cat', args: [answer] };
  await using provider = new PodSandboxProvider(files.options({ kubeConfig: files.contentFor({ exec }) }));
  write('revoked');
  expect(await failureOf(whoAmI(provider.client))).toMatchObject({ details: { status: 401 } });
  write(await namespace.tokenOf('one'));
  expect(await whoAmI(provider.client)).toContain(':one');
  await sayHello(provider);
});

test('an exec plugin can return a certificate', { concurrent: true }, async ({ expect }) => {
  const [{ user }] = files.adminContent().users as [{ user: Record<string, string> }];
  const decode = (name: string): string => Buffer.from(user[name] ?? '', 'base64').toString();
  const status = {
    clientCertificateData: decode('client-certificate-data'),
    clientKeyData: decode('client-key-data'),
    expirationTimestamp: new Date(Date.now() + 1_000).toISOString(),
  };
  const answer = join(files.directory, 'answer.json');
  writeFileSync(answer, JSON.stringify({ status }));
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: 'cat', args: [answer] };
  await using provider = new PodSandboxProvider(files.options({ kubeConfig: files.contentFor({ exec }) }));
  await sayHello(provider);
  expect(await whoAmI(provider.client)).toBe(await whoAmI(namespace.client));
});

test.for([
  [
    'a program that fails',
    { command: 'sh', args: ['-c', 'echo please log in >&2; exit 1'] },
    /credential program .*sh in the .* configuration failed: please log in/,
  ],
  [
    'an answer that is none',
    { command: 'echo', args: ['my-secret'] },
    /returned credentials that cannot be used: the output is not an ExecCredential/,
  ],
  ['an empty credential', { command: 'echo', args: ['{"status":{}}'] }, /the ExecCredential has neither a token nor a certificate/],
  ['a program that is not installed', { command: 'no-such-plugin', installHint: 'Install it so.' }, /no-such-plugin in .* ENOENT/],
] as const)('%s is told as such, without the answer', { concurrent: true }, async ([, plugin, message]) => {
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', ...plugin };
  await using provider = new PodSandboxProvider(files.options({ kubeConfig: files.contentFor({ exec }) }));
  const error = await failureOf(Array.fromAsync(provider.list()));
  expect(error.message).toMatch(message);
  expect(error.message).not.toContain('my-secret');
  expect(error.advice).toEqual('installHint' in plugin ? plugin.installHint : expect.stringContaining('yourself'));
});

test('an exec plugin receives the cluster if it asks for it', { concurrent: true }, async ({ expect }) => {
  const log = join(files.directory, 'told');
  const script = `printf %s "$KUBERNETES_EXEC_INFO" > ${log}; echo '{"status":{"token":"x"}}'`;
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: 'sh', args: ['-c', script], provideClusterInfo: true };
  const content = files.contentFor({ exec });
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
