import { expect, test } from 'vitest';
import { bodyOf, container, errorOf, spec } from '../../test/fixtures/pod-options.ts';
import { checkNamespace, resolvePodOptions } from './resolve-pod-options.ts';

test('a misspelt field is refused, and the error suggests the right name', () => {
  expect(errorOf(container({ imagee: 'x' })).message).toContain('podSpec (the object).spec.containers[0]: expected image, given "imagee"');
  expect(errorOf(spec({ nodeselector: {} })).message).toContain('expected nodeSelector');
  expect(errorOf({ podSpec: { containers: [] } }).message).toContain('which belong under spec');
  expect(errorOf(container({ name: 5 })).message).toContain('podSpec (the object).spec.containers[0].name: expected a string, given 5');
});

test.for([
  [spec({ security_context: {} }), ', spec: expected securityContext, given "security_context"'],
  [container({ security_context: {} }), ', spec.containers[0]: expected securityContext, given "security_context"'],
  [spec({ volumes: [{ name: 'a', persistent_volume_claim: { claim_name: 'b' } }] }), 'spec.volumes[0]: expected persistentVolumeClaim'],
  [container({ env: [{ name: 'A', value_from: {} }] }), 'spec.containers[0].env[0]: expected valueFrom'],
  [container({ volumeMounts: [{ name: 'a', mount_path: '/a' }] }), 'spec.containers[0].volumeMounts[0]: expected mountPath'],
  [container({ livenessProbe: { http_get: { port: 80 } } }), 'spec.containers[0].livenessProbe: expected httpGet'],
  [spec({ hostAliases: [{ ip: '::1', host_names: [] }] }), 'spec.hostAliases[0]: expected hostnames'],
  [{ volume: { name: 'a', empty_dir: {} } }, 'volume (the object): expected emptyDir, given "empty_dir"'],
] as const)("a name of the Python client is refused with the API's name: %o", ([options, message]) => {
  expect(errorOf(options).message).toContain(message);
});

test('keys of maps may have underscores', () => {
  const metadata = { labels: { my_label: 'a' }, annotations: { my_note: 'b' } };
  const limits = { 'example.com/a_b': '1' };
  const spec = { nodeSelector: { disk_type: 'ssd' }, containers: [{ name: 'sandbox', resources: { limits } }] };
  expect(resolvePodOptions({ podSpec: { metadata, spec } })).toMatchObject({ labels: metadata.labels, nodeSelector: { disk_type: 'ssd' } });
});

test('a variable that Linux cannot pass on is refused with its size, before anything starts', () => {
  const value = 'x'.repeat(200_000);
  const expected = 'expected at most 131071 bytes including the name, which is the maximum on Linux; given 200004 bytes';
  expect(errorOf({ env: { BIG: value } }).message).toContain(`pod.env.BIG: ${expected}`);
  expect(errorOf(container({ env: [{ name: 'BIG', value }] })).message).toContain(`.env[0].BIG: ${expected}`);
});

test('an invalid pod name is refused in podSpec too', () => {
  expect(errorOf({ podSpec: { metadata: { name: 'Mine' } } }).message).toBe(
    'podSpec (the object), metadata.name: expected 1 to 63 lower-case letters, digits or "-", and no "-" at the start or the end, given "Mine".',
  );
});

test('a containerName that podSpec lacks is refused, and the error lists the containers', () => {
  const options = { ...container({}), containerName: 'main' };
  expect(errorOf(options).message).toContain(
    'spec.containers: expected a container named "main", which is the containerName, given sandbox',
  );
});

test('code runs in the only container of podSpec, whatever its name; among several, in the one named sandbox', () => {
  const made = bodyOf({ podSpec: { spec: { containers: [{ name: 'main', image: 'users/image' }] } } });
  expect(made.spec?.containers.map(({ name, image }) => [name, image])).toEqual([['main', 'users/image']]);
  expect(made.metadata?.annotations).toMatchObject({ 'kubectl.kubernetes.io/default-container': 'main' });
  const several = bodyOf({ podSpec: { spec: { containers: ['one', 'two'].map((name) => ({ name, image: 'x' })) } } });
  expect(several.spec?.containers.map(({ name }) => name)).toEqual(['sandbox', 'one', 'two']);
});

const USERS_POD = `
apiVersion: v1
kind: Pod
metadata: {name: mine, labels: {team: a}, annotations: {note: b}}
spec:
  restartPolicy: Always
  nodeSelector: {disk: ssd}
  tolerations: [{key: gpu, operator: Exists}]
  priorityClassName: low
  initContainers: [{name: first, image: busybox}]
  containers:
    - name: sandbox
      image: users/image
      env: [{name: A, value: a}, {name: HOME, value: /home/me}, {name: POD, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]
      resources: {limits: {memory: 256Mi, nvidia.com/gpu: "1"}}
      volumeMounts: [{name: data, mountPath: /data}]
    - {name: helper, image: redis, volumeMounts: [{name: data, mountPath: /data}]}
  volumes: [{name: data, emptyDir: {}}]
`;

test("a user's pod is completed: its fields stay, and the others are hardened", () => {
  const { metadata, spec: made } = bodyOf({ podSpec: USERS_POD, env: { A: 'b' }, labels: { team: 'c' } });
  expect(metadata).toMatchObject({ name: 'x', labels: { 'sandpod.dev/id': 'x' }, annotations: { note: 'b' } });
  expect(made).toMatchObject({
    restartPolicy: 'Never',
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    nodeSelector: { disk: 'ssd' },
    tolerations: [{ key: 'gpu', operator: 'Exists' }],
    priorityClassName: 'low',
    securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
  });
  const all = [...(made?.containers ?? []), ...(made?.initContainers ?? [])];
  expect(all.map(({ name }) => name)).toEqual(['sandbox', 'helper', 'first']);
  for (const each of all) {
    expect(each.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(each.volumeMounts).toContainEqual({ name: 'workspace', mountPath: '/workspace' });
  }
  const [sandbox] = all;
  expect(sandbox?.image).toBe('users/image');
  expect(sandbox?.env?.map(({ name, value }) => `${name}=${value ?? 'from'}`)).toEqual([
    'USER=sandpod',
    'LOGNAME=sandpod',
    'LANG=C.UTF-8',
    'PYTHONDONTWRITEBYTECODE=1',
    'HOME=/home/me',
    'POD=from',
    'A=b',
  ]);
  expect(sandbox?.resources?.limits).toMatchObject({ memory: '268435456', cpu: '1', 'nvidia.com/gpu': '1' });
  expect(made?.volumes?.map(({ name }) => name)).toEqual(['data', 'workspace', 'tmp']);
});

test('options override podSpec, and podSpec overrides the defaults', () => {
  const options = resolvePodOptions({ podSpec: USERS_POD, image: 'mine', podName: 'other', limits: { cpus: 2 }, runAsUser: 7 });
  expect(options).toMatchObject({ image: 'mine', podName: 'other', runAsUser: 7, limits: { cpus: 2, memoryBytes: 256 * 1024 * 1024 } });
  expect(resolvePodOptions({ podSpec: USERS_POD })).toMatchObject({ image: 'users/image', podName: 'mine', runAsUser: 1000 });
});

test.for([
  [{}, {}, undefined],
  [{ command: ['a'], args: ['b'] }, {}, { command: ['a'], args: ['b'] }],
  [{ command: ['a'], args: ['b'] }, { args: ['c'] }, { command: ['a'], args: ['c'] }],
  [{ command: ['a'], args: ['b'] }, { command: ['c'] }, { command: ['c'] }],
  [{}, { args: ['c'] }, { args: ['c'] }],
] as const)('process 1 of podSpec %o with the options %o is %o', ([inSpec, options, expected]) => {
  const made = bodyOf({ ...container(inSpec), ...options }).spec?.containers[0];
  const { command, args } = made ?? {};
  if (expected === undefined) expect(command?.slice(0, 2)).toEqual(['sh', '-c']);
  else expect({ command, args }).toEqual({ command: undefined, args: undefined, ...expected });
});

test('a sandbox is never started again in the same pod', () => {
  expect(bodyOf(container({ restartPolicy: 'Always' })).spec?.containers[0]).not.toHaveProperty('restartPolicy');
});

test('a volume of the user is the workspace in every container', () => {
  const volume = 'name: data\nemptyDir: {medium: Memory, sizeLimit: 5Mi}';
  const { spec: made } = bodyOf({ volume, podSpec: { spec: { containers: [{ name: 'sandbox' }, { name: 'helper', image: 'x' }] } } });
  for (const { volumeMounts } of made?.containers ?? []) expect(volumeMounts).toContainEqual({ name: 'data', mountPath: '/workspace' });
  expect(made?.volumes).toContainEqual({ name: 'data', emptyDir: { medium: 'Memory', sizeLimit: '5Mi' } });
});

test('a volume that podSpec mounts at the workspace is the workspace', () => {
  const mounts = { volumeMounts: [{ name: 'data', mountPath: '/workspace/' }] };
  const { spec: made } = bodyOf({
    podSpec: { spec: { containers: [{ name: 'sandbox', ...mounts }], volumes: [{ name: 'data', emptyDir: {} }] } },
  });
  expect(made?.volumes?.map(({ name }) => name)).toEqual(['data', 'tmp']);
  expect(() => bodyOf({ ...container(mounts), volume: { name: 'other', emptyDir: {} } })).toThrow(
    /volume .*expected to be mounted at \/workspace alone/,
  );
});

test('a volume needs one source', () => {
  expect(errorOf({ volume: { name: 'x' } }).message).toBe(
    'volume (the object): expected one source, for example emptyDir, given no source.',
  );
  expect(errorOf({ volume: { emptyDir: {}, secret: {} } }).message).toContain('given emptyDir, secret');
});

test.for([
  ['containers', { containers: {} }],
  ['a container', { containers: ['x'] }],
  ['ports', { containers: [{ name: 'x', ports: ['80'] }] }],
  ['capabilities', { containers: [{ name: 'x', securityContext: { capabilities: { add: 'ALL' } } }] }],
  ['a hostPath', { volumes: [{ name: 'x', hostPath: '/' }] }],
  ['sources', { volumes: [{ name: 'x', projected: { sources: [null] } }] }],
  ['groups', { securityContext: { supplementalGroups: '0' } }],
  ['a variable', { containers: [{ name: 'x', env: [{ name: 'A', value: 5 }] }] }],
  ['tolerations', { tolerations: 'all' }],
] as const)('%s of a wrong type are told with their place, not run into', ([, wrong]) => {
  expect(errorOf(spec(wrong))).toMatchObject({
    code: 'invalid-options',
    message: expect.stringMatching(/^podSpec \(the object\)\.spec\./),
  });
});

test('another namespace is permitted by the option namespace only', () => {
  const options = resolvePodOptions({ podSpec: 'kind: Pod\nmetadata: {namespace: kube-system}\n' });
  expect(() => checkNamespace(options, 'here')).toThrow(
    'podSpec (the YAML text), metadata.namespace: expected here, given kube-system; only the option namespace: "kube-system" permits it.',
  );
  checkNamespace(options, 'kube-system');
});
