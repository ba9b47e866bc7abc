import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
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

test('a file that does not exist is named', () => {
  expect(() => loadKubeSettings({ kubeConfigFile: '/nowhere/config' })).toThrow(
    /kubeConfigFile: expected an existing file, given "\/nowhere\/config"/,
  );
  vi.stubEnv('KUBECONFIG', '/nowhere/other');
  expect(() => loadKubeSettings({})).toThrow(/\/nowhere\/other/);
});
