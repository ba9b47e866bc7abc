import type { Finding } from '@sandpod/core';
import { expect, it } from 'vitest';
import { diagnoseKubernetes } from '../src/diagnose-kubernetes.ts';
import type { PodSandboxProviderOptions } from '../src/index.ts';
import { testOptions } from './test-cluster.ts';

async function diagnose(options: PodSandboxProviderOptions): Promise<Map<string, Finding>> {
  const findings = await Array.fromAsync(diagnoseKubernetes(options));
  return new Map(findings.map((finding) => [finding.subject, finding]));
}

it('finds the cluster, the rights, the runtime classes and a closed network', async () => {
  const findings = await diagnose({ ...testOptions(), runtimeClassName: 'gvisor' });
  for (const subject of ['configuration', 'cluster', 'rights', 'runtime class', 'pod', 'network']) {
    expect(findings.get(subject)).toMatchObject({ state: 'good' });
  }
});

it('says which configuration it looked for', async () => {
  const findings = await diagnose({ kubeConfigFile: '/nowhere/config' });
  expect([...findings.values()]).toMatchObject([
    { subject: 'configuration', state: 'bad', message: expect.stringContaining('/nowhere/config') },
  ]);
});

it('says that nobody answers', async () => {
  const { KubeConfig } = await import('@kubernetes/client-node');
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromClusterAndUser({ name: 'none', server: 'https://127.0.0.1:1', skipTLSVerify: true }, { name: 'nobody' });
  const findings = await diagnose({ kubeConfig });
  expect(findings.get('cluster')).toMatchObject({ state: 'bad', advice: expect.stringContaining('cluster is up') });
});

it('says why a pod cannot start', async () => {
  const findings = await diagnose({ ...testOptions(), image: 'testbed/missing:1', imagePullPolicy: 'Never' });
  expect(findings.get('pod')).toMatchObject({ state: 'bad', message: expect.stringContaining('ErrImageNeverPull') });
});
