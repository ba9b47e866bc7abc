import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { KubeConfig } from '@kubernetes/client-node';
import { afterEach, expect, test, vi } from 'vitest';
import { loadKubeSettings } from './kube-settings.ts';

afterEach(() => vi.unstubAllEnvs());

test('without any configuration the message lists what was tried', () => {
  const home = mkdtempSync(`${tmpdir()}/sandpod-home-`);
  vi.stubEnv('HOME', home);
  vi.stubEnv('KUBECONFIG', '');
  try {
    expect(() => loadKubeSettings({})).toThrow(/tried KUBECONFIG \(not set\), ~\/\.kube\/config .* and the service account/);
  } finally {
    rmSync(home, { recursive: true });
  }
});

test('the error names a file that does not exist', () => {
  expect(() => loadKubeSettings({ kubeConfigFile: '/nowhere/config' })).toThrow(
    /kubeConfigFile: expected an existing file, given "\/nowhere\/config"/,
  );
  vi.stubEnv('KUBECONFIG', '/nowhere/other');
  expect(() => loadKubeSettings({})).toThrow(/\/nowhere\/other/);
});

test.each([
  ['no YAML', '{ clusters: ['],
  ['a list', '- a\n'],
  ['a cluster without a server', 'clusters: [{name: a, cluster: {}}]\n'],
  ['an impersonation without a user', 'users: [{name: me, user: {as-groups: [few]}}]\n'],
  ['a plugin without a command', 'users: [{name: me, user: {exec: {apiVersion: v1}}}]\n'],
])('the message contains the path of a file that is %s', (_, text) => {
  const directory = mkdtempSync(`${tmpdir()}/sandpod-config-`);
  const file = `${directory}/config`;
  writeFileSync(file, text);
  try {
    expect(() => loadKubeSettings({ kubeConfigFile: file })).toThrow(`Expected a kubeconfig in the file ${file}: `);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test("choosing a context does not change the caller's configuration", () => {
  const config = new KubeConfig();
  config.loadFromOptions({
    clusters: [{ name: 'a', server: 'https://a' }],
    users: [],
    contexts: ['one', 'two'].map((name) => ({ name, cluster: 'a', user: '' })),
    currentContext: 'one',
  });
  expect(loadKubeSettings({ kubeConfig: config, context: 'two' }).config.getCurrentContext()).toBe('two');
  expect(config.getCurrentContext()).toBe('one');
});

test('a configuration without a cluster for its context says so', () => {
  expect(() => loadKubeSettings({ kubeConfig: { clusters: [], contexts: [] } })).toThrow(/from the kubeConfig option has no cluster/);
});

test('a server without a scheme is refused', () => {
  const kubeConfig = {
    clusters: [{ name: 'a', cluster: { server: '10.0.0.1:6443' } }],
    contexts: [{ name: 'here', context: { cluster: 'a', user: '' } }],
    'current-context': 'here',
  };
  expect(() => loadKubeSettings({ kubeConfig })).toThrow(
    'The configuration from the kubeConfig option: expected a server such as https://host:6443, given "10.0.0.1:6443".',
  );
});
