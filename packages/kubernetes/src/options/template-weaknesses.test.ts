import { expect, test } from 'vitest';
import type { PodSandboxProviderOptions } from './pod-options.ts';
import { resolvePodOptions } from './resolve-pod-options.ts';
import { templateWeaknesses } from './template-weaknesses.ts';

function listed(spec: object, options: PodSandboxProviderOptions = {}): string[] {
  return templateWeaknesses(resolvePodOptions({ ...options, podSpec: { spec } }));
}

const container = (more: object): object => ({ containers: [{ name: 'sandbox', ...more }] });
const mounting = (volume: object): object => ({
  ...container({ volumeMounts: [{ name: 'data', mountPath: '/data' }] }),
  volumes: [{ name: 'data', ...volume }],
});

const SECRET = 'Programs can read the secret token (podSpec).';

test.for([
  [mounting({ secret: { secretName: 'token' } }), SECRET],
  [mounting({ projected: { sources: [{ secret: { name: 'token' } }] } }), SECRET],
  [{ volumes: [{ name: 'workspace', secret: { secretName: 'token' } }] }, SECRET],
  [container({ envFrom: [{ secretRef: { name: 'token' } }] }), SECRET],
  [container({ env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'token', key: 'a' } } }] }), SECRET],
  [mounting({ csi: { driver: 'vault' } }), 'Programs can read the secret volume of the CSI driver vault (podSpec).'],
  [
    container({ securityContext: { seccompProfile: { type: 'Localhost', localhostProfile: 'own.json' } } }),
    "System calls are filtered by the node's own seccomp profile own.json (podSpec).",
  ],
  [
    { securityContext: { appArmorProfile: { type: 'Localhost', localhostProfile: 'own' } } },
    "Programs are confined by the node's own AppArmor profile own (podSpec).",
  ],
  [{ resourceClaims: [{ name: 'gpu' }] }, 'Programs can use the device of the claim gpu (podSpec).'],
  [container({ resources: { limits: { 'nvidia.com/gpu': '1', memory: '1Gi' } } }), 'Programs can use the device nvidia.com/gpu (podSpec).'],
  [container({ volumeDevices: [{ name: 'raw', devicePath: '/dev/x' }] }), 'Programs can use the device of the volume raw (podSpec).'],
] as const)('%o is listed', ([spec, sentence]) => expect(listed(spec)).toEqual([sentence]));

test('an AppArmor profile in an annotation and a secret as the workspace are listed too', () => {
  const annotations = { 'container.apparmor.security.beta.kubernetes.io/sandbox': 'localhost/own' };
  expect(listed({}, { annotations })).toEqual(["Programs are confined by the node's own AppArmor profile own (podSpec)."]);
  expect(listed({}, { volume: { secret: { secretName: 'token' } } })).toEqual([SECRET]);
});

test('what only other containers can read, and ordinary settings, are not', () => {
  const volumes = [{ name: 'data', secret: { secretName: 'token' } }];
  const side = { name: 'side', image: 'x', volumeMounts: [{ name: 'data', mountPath: '/data' }] };
  expect(listed({ containers: [{ name: 'sandbox', env: [{ name: 'A', value: 'a' }] }, side], volumes })).toEqual([]);
  expect(listed({ securityContext: { seccompProfile: { type: 'RuntimeDefault' } } })).toEqual([]);
  expect(listed(mounting({ configMap: { name: 'a' } }))).toEqual([]);
});
