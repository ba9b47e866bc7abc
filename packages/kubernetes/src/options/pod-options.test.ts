import { expect, test } from 'vitest';
import { bodyOf } from '../../test/fixtures/pod-options.ts';
import { type PodSandboxProviderOptions as Options, podOptionsShape } from './pod-options.ts';
import { resolvePodOptions } from './resolve-pod-options.ts';

test.for(['file:///%zz', 'file:///a%2Fb', 'file://[', 'file://host/x', '', new URL('file:///%zz'), new URL('https://host/x')])(
  'a kubeConfigFile that names no file of this machine is refused: %s',
  (kubeConfigFile) => {
    expect(() => resolvePodOptions({ kubeConfigFile })).toThrow(/^pod\.kubeConfigFile: expected a path or a file: URL/);
  },
);

test('a file path and a file URL are accepted', () => {
  for (const kubeConfigFile of ['a b', '/a/%zz', 'file:///a%20b', new URL('file:///a')])
    expect(resolvePodOptions({ kubeConfigFile }).kubeConfigFile).toBe(kubeConfigFile);
});

/** One value for every option that a configuration can hold. */
const AS_DATA: Required<{ [Key in keyof Options]: Options[Key] }> = {
  image: 'x',
  podName: 'x',
  namespace: 'x',
  podSpec: { spec: { containers: [{ name: 'main', env: [{ name: 'A', value: 'a' }] }] } },
  containerName: 'main',
  volume: 'name: data\nemptyDir: {}',
  command: ['sleep'],
  args: ['1'],
  initCommand: 'true',
  autoRemove: false,
  workspacePath: '/work',
  env: { A: 'b' },
  labels: { a: 'b' },
  annotations: { a: 'b' },
  requests: { cpu: '1m', memory: '1Mi' },
  limits: { cpus: 2, outputBytes: 5 },
  runtimeClassName: 'gvisor',
  network: 'require-none',
  imagePullPolicy: 'Never',
  imagePullSecrets: ['x'],
  nodeSelector: { a: 'b' },
  tolerations: [{ key: 'a', operator: 'Exists' }],
  serviceAccountName: 'x',
  runAsUser: 5,
  automountServiceAccountToken: true,
  runAsRoot: true,
  writableRoot: true,
  capabilities: ['NET_RAW'],
  allowPrivilegeEscalation: true,
  privileged: true,
  hostNamespaces: ['pid'],
  hostPaths: ['/srv'],
  startTimeoutMs: 5,
  scheduleTimeoutMs: 5,
  expiresInMs: 5,
  keepAliveMs: 10_000,
  graceMs: 5,
  portForward: true,
  kubeConfigFile: '/x',
  kubeConfig: { clusters: [], contexts: [] },
  context: 'x',
};

test('every option can be written as JSON, and read back means the same', () => {
  expect(Object.keys(podOptionsShape).sort()).toEqual(Object.keys(AS_DATA).sort());
  expect(bodyOf(JSON.parse(JSON.stringify(AS_DATA)))).toEqual(bodyOf(AS_DATA));
  expect(resolvePodOptions(JSON.parse(JSON.stringify(AS_DATA)))).toEqual(resolvePodOptions(AS_DATA));
});
