import { KubeConfig } from '@kubernetes/client-node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PodCommandLineCodeExecutor, PodSandboxProvider } from '../src/index.ts';
import { ConnectProxy } from './fixtures/connect-proxy.ts';
import { failureOf, TestNamespace } from './fixtures/test-namespace.ts';
import { testKubeConfigFile } from './test-cluster.ts';

let namespace: TestNamespace;
let proxy: ConnectProxy;

beforeAll(async () => {
  namespace = await TestNamespace.create('proxied');
  proxy = await ConnectProxy.start();
});
afterAll(async () => {
  await proxy[Symbol.asyncDispose]();
  await namespace[Symbol.asyncDispose]();
});

/** The tests' own configuration, with the cluster behind a proxy. */
function behind(proxyUrl: string): KubeConfig {
  const config = new KubeConfig();
  config.loadFromFile(testKubeConfigFile ?? '');
  config.clusters = config.clusters.map((cluster) => ({ ...cluster, proxyUrl }));
  return config;
}

test('all connections go through the proxy in the kubeconfig, also those to programs', async () => {
  const kubeConfig = behind(proxy.url);
  await using executor = new PodCommandLineCodeExecutor(namespace.options({ kubeConfigFile: undefined, kubeConfig }));
  const result = await executor.execute([{ language: 'sh', code: 'cat; seq 1 100000 | tail -n 1' }], { stdin: 'given\n' });
  expect(result).toMatchObject({ outcome: 'ok', stdout: 'given\n100000\n' });
  const { host } = new URL(kubeConfig.getCurrentCluster()?.server ?? '');
  expect(new Set(proxy.targets)).toEqual(new Set([host]));
  // One at least for requests, one for a launcher.
  expect(proxy.targets.length).toBeGreaterThanOrEqual(2);
});

test('a proxy that rejects the connection is an error that says so', async () => {
  const options = namespace.options({ kubeConfigFile: undefined, kubeConfig: behind(proxy.strangersUrl) });
  await using provider = new PodSandboxProvider(options);
  const error = await failureOf(provider.create());
  expect(error.code).toBe('transport');
  expect(error.message).toMatch(/407|proxy/i);
});
