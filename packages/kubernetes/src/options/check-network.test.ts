import { SandpodError } from '@sandpod/core';
import { expect, test } from 'vitest';
import { checkNetwork, mayRedirectTest } from './check-network.ts';
import type { PodSandboxProviderOptions } from './pod-options.ts';
import { resolvePodOptions } from './resolve-pod-options.ts';

function refusal(options: PodSandboxProviderOptions): Record<string, unknown> | undefined {
  try {
    checkNetwork(resolvePodOptions(options));
    return undefined;
  } catch (error) {
    if (SandpodError.isInstance(error)) return { message: error.message, ...error.details };
    throw error;
  }
}

const withSource = (source: object): PodSandboxProviderOptions => ({
  podSpec: { spec: { containers: [{ name: 'sandbox', envFrom: [source] }] } },
});

test.for([{ configMapRef: { name: 'a' } }, { secretRef: { name: 'a' } }, { configMapRef: { name: 'a' }, prefix: 'KUBERNETES_' }])(
  'variables from %o may redirect the network test: the proof is refused, or counts as unknown',
  (source) => {
    const options = withSource(source);
    expect(refusal({ ...options, network: 'require-none' })).toMatchObject({ field: 'spec.containers[0].envFrom[0]' });
    expect(refusal(options)).toBeUndefined();
    expect(mayRedirectTest(resolvePodOptions(options))).toBe(true);
  },
);

test('variables with another prefix, or of another container, do not matter', () => {
  const prefixed = withSource({ configMapRef: { name: 'a' }, prefix: 'APP_' });
  const beside = { spec: { containers: [{ name: 'sandbox' }, { name: 'other', image: 'x', envFrom: [{ configMapRef: { name: 'a' } }] }] } };
  for (const options of [prefixed, { podSpec: beside }]) {
    expect(refusal({ ...options, network: 'require-none' })).toBeUndefined();
    expect(mayRedirectTest(resolvePodOptions(options))).toBe(false);
  }
});

test.for(['k8s.v1.cni.cncf.io/networks', 'v1.multus-cni.io/default-network', 'networking.gke.io/interfaces', 'a.ovn.kubernetes.io/vpc'])(
  'the annotation %s, which adds a network, needs an open network',
  (name) => {
    const annotations = { [name]: 'second' };
    for (const network of ['none', 'require-none'] as const) {
      expect(refusal({ annotations, network })).toMatchObject({ field: 'annotations', permittedBy: 'network: "open"' });
      expect(refusal({ podSpec: { metadata: { annotations } }, network })).toMatchObject({ field: 'metadata.annotations' });
    }
    expect(refusal({ annotations, network: 'open' })).toBeUndefined();
  },
);
