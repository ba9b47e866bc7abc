import type { V1ResourceRequirements } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { specOf } from '../manifest/pod-spec.ts';
import type { PodSandboxProviderOptions } from './pod-options.ts';
import { resolvePodOptions } from './resolve-pod-options.ts';

const MiB = 1024 * 1024;

function resourcesOf(options: PodSandboxProviderOptions): V1ResourceRequirements | undefined {
  return specOf(resolvePodOptions(options), '/workspace').containers[0]?.resources;
}

function withResources(resources: object, options: PodSandboxProviderOptions = {}): PodSandboxProviderOptions {
  return {
    ...options,
    podSpec: {
      spec: {
        containers: [
          { name: 'first', image: 'x' },
          { name: 'sandbox', resources },
        ],
      },
    },
  };
}

test('a request above the default limit raises that limit if it is not set', () => {
  const requests = { cpu: '2500m', memory: '1Gi', 'ephemeral-storage': '10Gi' };
  const raised = { cpu: '2.5', memory: String(1024 * MiB), 'ephemeral-storage': String(10 * 1024 * MiB) };
  expect(resourcesOf(withResources({ requests }))).toMatchObject({ requests, limits: raised });
  expect(resourcesOf({ requests: { cpu: '3', memory: '2Gi' } })?.limits).toMatchObject({ cpu: '3', memory: String(2048 * MiB) });
});

test('a limit that is set stays, whatever the request is', () => {
  const requests = { memory: '1Gi' };
  expect(resourcesOf(withResources({ requests, limits: { memory: '2Gi' } }))?.limits).toMatchObject({ memory: String(2048 * MiB) });
  expect(resourcesOf(withResources({ requests }, { limits: { memoryBytes: 32 * MiB } }))?.limits).toMatchObject({
    memory: String(32 * MiB),
  });
});

test('a limit below the default request lowers that request if it is not set', () => {
  expect(resourcesOf(withResources({ limits: { cpu: '10m', memory: '32Mi' } }))).toMatchObject({
    requests: { cpu: '0.01', memory: String(32 * MiB) },
    limits: { cpu: '0.01', memory: String(32 * MiB) },
  });
  expect(resourcesOf({ limits: { memoryBytes: 32 * MiB } })?.requests).toEqual({ cpu: '20m', memory: String(32 * MiB) });
});

test('limits in every notation are read', () => {
  expect(resourcesOf(withResources({ limits: { memory: '1e9', cpu: 2 } }))?.limits).toMatchObject({ memory: '1000000000', cpu: '2' });
});

test.for([
  ['limits', 'memory', '1 GB'],
  ['limits', 'memory', '0'],
  ['limits', 'cpu', '-1'],
  ['requests', 'cpu', 'one'],
  ['requests', 'memory', true],
] as const)('%s.%s of %j is refused, not replaced by the default', ([kind, name, given]) => {
  expect(() => resourcesOf(withResources({ [kind]: { [name]: given } }))).toThrow(
    `podSpec (the object), spec.containers[1].resources.${kind}.${name}: expected a quantity ${kind === 'limits' ? 'above 0, ' : ''}such as 500m, 1e9 or 64Mi, given ${JSON.stringify(given)}.`,
  );
});
