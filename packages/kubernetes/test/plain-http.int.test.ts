import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { KubeClient } from '../src/client/kube-client.ts';
import { loadKubeSettings } from '../src/client/kube-settings.ts';
import { PodSandboxProvider, type PodSandboxProviderOptions } from '../src/index.ts';
import { ServerVersion } from '../src/lifecycle/server-version.ts';
import { startKubeProxy } from './fixtures/fault-proxy.ts';
import { TestNamespace } from './fixtures/test-namespace.ts';

/** What a file says that names a proxy such as "kubectl proxy", which has the credentials itself. */
function plainConfig(server: string, user: object = {}): NonNullable<PodSandboxProviderOptions['kubeConfig']> {
  return {
    clusters: [{ name: 'proxy', cluster: { server } }],
    users: [{ name: 'me', user }],
    contexts: [{ name: 'here', context: { cluster: 'proxy', user: 'me' } }],
    'current-context': 'here',
  };
}

test('a sandbox works through a proxy that speaks plain HTTP', async () => {
  await using namespace = await TestNamespace.create('plain-http');
  await using proxy = await startKubeProxy();
  await using provider = new PodSandboxProvider(namespace.options({ kubeConfigFile: undefined, kubeConfig: plainConfig(proxy.url) }));
  await using sandbox = await provider.create();
  expect((await sandbox.run({ argv: ['echo', 'hello'] })).stdout).toBe('hello\n');
});

test('as with kubectl, plain HTTP carries no credentials, but the impersonation headers', async () => {
  let seen: IncomingHttpHeaders = {};
  await using server = createServer(({ headers }, response) => {
    seen = headers;
    response.end('{"gitVersion":"v1.2.3"}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const kubeConfig = plainConfig(`http://127.0.0.1:${port}`, { token: 'my-secret', as: 'someone' });
  using client = new KubeClient(loadKubeSettings({ kubeConfig }));
  const version = new ServerVersion();
  await version.learn(client, new AbortController().signal);
  expect(version.known).toBe('v1.2.3');
  expect(seen).toMatchObject({ 'impersonate-user': 'someone' });
  expect(seen).not.toHaveProperty('authorization');
});

test('an abort ends a sweep that waits for an API server which never answers', async () => {
  await using server = createServer(() => {}).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await using provider = new PodSandboxProvider({ kubeConfig: plainConfig(`http://127.0.0.1:${port}`) });
  const aborting = new AbortController();
  const sweeping = provider.sweep({ abortSignal: aborting.signal });
  const refused = expect(sweeping).rejects.toMatchObject({ name: 'AbortError' });
  await once(server, 'request');
  aborting.abort();
  await refused;
  server.closeAllConnections();
});
