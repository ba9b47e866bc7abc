import type { Finding } from '@sandpod/core';
import { expect, it } from 'vitest';
import { diagnoseKubernetes } from '../src/diagnose-kubernetes.ts';
import { PodCommandLineCodeExecutor, type PodSandboxProviderOptions } from '../src/index.ts';
import { testOptions } from './test-cluster.ts';

async function diagnose(options: PodSandboxProviderOptions): Promise<Map<string, Finding>> {
  const findings = await Array.fromAsync(diagnoseKubernetes(options));
  return new Map(findings.map((finding) => [finding.subject, finding]));
}

it('finds the cluster, the rights, the runtime classes and a closed network', async () => {
  const findings = await diagnose({ ...testOptions(), runtimeClassName: 'gvisor' });
  for (const subject of ['configuration', 'cluster', 'rights', 'runtime class', 'pod', 'network']) {
    expect(findings.get(subject)).toMatchObject({ state: 'ok' });
  }
  expect(findings.get('system calls')?.message).toMatch(/io_uring|VSOCK|system call/i);
});

it('says which configuration it looked for', async () => {
  const findings = await diagnose({ kubeConfigFile: '/nowhere/config' });
  expect([...findings.values()]).toMatchObject([
    { subject: 'configuration', state: 'error', message: expect.stringContaining('/nowhere/config') },
  ]);
});

it('says that nothing answers', async () => {
  const { KubeConfig } = await import('@kubernetes/client-node');
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromClusterAndUser({ name: 'none', server: 'https://127.0.0.1:1', skipTLSVerify: true }, { name: 'nobody' });
  const findings = await diagnose({ kubeConfig });
  expect(findings.get('cluster')).toMatchObject({ state: 'error', advice: expect.stringContaining('cluster is up') });
});

it('says why a pod cannot start', async () => {
  const findings = await diagnose({ ...testOptions(), image: 'testbed/missing:1', imagePullPolicy: 'Never' });
  expect(findings.get('pod')).toMatchObject({ state: 'error', message: expect.stringContaining('ErrImageNeverPull') });
});

it('reports only what the start found about the network, not other weaknesses', async () => {
  const findings = await diagnose({ ...testOptions(), runAsRoot: true });
  expect(findings.get('network')).toMatchObject({ state: 'ok', message: expect.stringContaining('closed') });
});

it('says that the network is open because the options say so', async () => {
  const findings = await diagnose({ ...testOptions(), runAsRoot: true, network: 'open' });
  expect(findings.get('network')).toMatchObject({
    state: 'warning',
    message: expect.stringMatching(/network is open/),
    advice: 'Set network to "none".',
  });
});

it('starts a separate pod, beside a kept pod with the name in podSpec', async () => {
  const options: PodSandboxProviderOptions = {
    ...testOptions(),
    podSpec: { metadata: { name: `sandpod-diagnose-${process.pid}` } },
    autoRemove: false,
    expiresInMs: 60_000,
  };
  await using executor = new PodCommandLineCodeExecutor(options);
  await executor.start();
  const findings = await diagnose(options);
  await executor.stop();
  expect(findings.get('pod')).toMatchObject({ state: 'ok' });
});
