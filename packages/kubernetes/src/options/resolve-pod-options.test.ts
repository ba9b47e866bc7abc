import { SandpodError } from '@sandpod/core';
import { expect, test } from 'vitest';
import { podSpec } from '../manifest/pod-spec.ts';
import { type PodSandboxProviderOptions, podOptionsShape } from './pod-options.ts';
import { checkNamespace, resolvePodOptions } from './resolve-pod-options.ts';
import { weaknessesOf } from './weaknesses-of.ts';

type Options = PodSandboxProviderOptions;

function errorOf(options: Options): SandpodError {
  try {
    resolvePodOptions(options);
  } catch (error) {
    if (SandpodError.isInstance(error)) return error;
    throw error;
  }
  throw new Error('Expected the options to be refused.');
}

const plan = {
  id: 'x',
  name: 'x',
  namespace: 'here',
  labels: { 'sandpod.dev/id': 'x' },
  attempt: 'a',
  sandboxName: undefined,
  isClaimable: false,
  expiresInMs: 60_000,
  leaseUid: 'u',
  workspace: '/workspace',
};

function bodyOf(options: Options): ReturnType<typeof podSpec> {
  return podSpec(resolvePodOptions(options), plan);
}

const container = (more: object): Options => ({ podSpec: { spec: { containers: [{ name: 'sandbox', ...more }] } } });
const security = (more: object): Options => container({ securityContext: more });
const spec = (more: object): Options => ({ podSpec: { spec: more } });
const HOST = { name: 'host', hostPath: { path: '/var/run' } };
const projected = (source: object): object => ({ name: 'token', projected: { sources: [source] } });

/** A podSpec that weakens isolation, the field in the message, and the option that permits it. */
const PERMITTED: readonly (readonly [Options, string, string, Options])[] = [
  [security({ privileged: true }), 'spec.containers[0].securityContext.privileged', 'privileged: true', { privileged: true }],
  [
    security({ allowPrivilegeEscalation: true }),
    'spec.containers[0].securityContext.allowPrivilegeEscalation',
    'allowPrivilegeEscalation: true',
    { allowPrivilegeEscalation: true },
  ],
  [
    security({ readOnlyRootFilesystem: false }),
    'spec.containers[0].securityContext.readOnlyRootFilesystem',
    'writableRoot: true',
    { writableRoot: true },
  ],
  [security({ runAsNonRoot: false }), 'spec.containers[0].securityContext.runAsNonRoot', 'runAsRoot: true', { runAsRoot: true }],
  [security({ runAsUser: 0 }), 'spec.containers[0].securityContext.runAsUser', 'runAsRoot: true', { runAsRoot: true }],
  [
    security({ capabilities: { add: ['NET_ADMIN'] } }),
    'spec.containers[0].securityContext.capabilities.add',
    'capabilities: ["NET_ADMIN"]',
    { capabilities: ['NET_ADMIN'] },
  ],
  [spec({ securityContext: { runAsUser: 0 } }), 'spec.securityContext.runAsUser', 'runAsRoot: true', { runAsRoot: true }],
  [spec({ securityContext: { fsGroup: 0 } }), 'spec.securityContext.fsGroup', 'runAsRoot: true', { runAsRoot: true }],
  [
    spec({ securityContext: { supplementalGroups: [7, 0] } }),
    'spec.securityContext.supplementalGroups',
    'runAsRoot: true',
    { runAsRoot: true },
  ],
  [spec({ hostNetwork: true }), 'spec.hostNetwork', 'hostNamespaces: ["network"]', { hostNamespaces: ['network'] }],
  [spec({ hostPID: true }), 'spec.hostPID', 'hostNamespaces: ["pid"]', { hostNamespaces: ['pid'] }],
  [spec({ hostIPC: true }), 'spec.hostIPC', 'hostNamespaces: ["ipc"]', { hostNamespaces: ['ipc'] }],
  [
    container({ ports: [{ containerPort: 80, hostPort: 80 }] }),
    'spec.containers[0].ports',
    'hostNamespaces: ["network"]',
    { hostNamespaces: ['network'] },
  ],
  [
    container({ livenessProbe: { httpGet: { host: '169.254.169.254', port: 80 } } }),
    'spec.containers[0].livenessProbe',
    'hostNamespaces: ["network"]',
    { hostNamespaces: ['network'] },
  ],
  [
    container({ lifecycle: { preStop: { tcpSocket: { host: 'node', port: 80 } } } }),
    'spec.containers[0].preStop',
    'hostNamespaces: ["network"]',
    { hostNamespaces: ['network'] },
  ],
  [spec({ volumes: [HOST] }), 'spec.volumes[0].hostPath', 'hostPaths: ["/var/run"]', { hostPaths: ['/var/run'] }],
  [
    spec({ automountServiceAccountToken: true }),
    'spec.automountServiceAccountToken',
    'automountServiceAccountToken: true',
    { automountServiceAccountToken: true },
  ],
  [
    spec({ volumes: [projected({ serviceAccountToken: { path: 'token' } })] }),
    'spec.volumes[0].projected.sources',
    'automountServiceAccountToken: true',
    { automountServiceAccountToken: true },
  ],
  [
    spec({ volumes: [projected({ podCertificate: { keyType: 'ED25519', signerName: 'a.b/c' } })] }),
    'spec.volumes[0].projected.sources',
    'automountServiceAccountToken: true',
    { automountServiceAccountToken: true },
  ],
  [
    { podSpec: JSON.stringify({ spec: { initContainers: [{ name: 'first', securityContext: { privileged: true } }] } }) },
    'spec.initContainers[0].securityContext.privileged',
    'privileged: true',
    { privileged: true },
  ],
];

test.for(PERMITTED)('%o is refused, naming %s and %s, and permitted by that option alone', ([options, field, permittedBy, permission]) => {
  const error = errorOf(options);
  expect(error).toMatchObject({ code: 'invalid-options', details: { option: 'podSpec', field, permittedBy } });
  expect(error.message).toContain(`, ${field}: `);
  expect(error.message).toMatch(/^podSpec \(the (object|JSON text)\), /);
  expect(error.message).toContain(`only the option ${permittedBy} permits it`);
  const others = PERMITTED.filter(([, , other]) => other.split(':')[0] !== permittedBy.split(':')[0]).map(([, , , other]) => other);
  expect(errorOf(Object.assign({}, ...others, options))).toMatchObject({ details: { field } });
  expect(weaknessesOf(resolvePodOptions({ ...options, ...permission }))).toHaveLength(1);
});

test.for([
  [spec({ shareProcessNamespace: true }), 'spec.shareProcessNamespace'],
  [spec({ ephemeralContainers: [{ name: 'x' }] }), 'spec.ephemeralContainers'],
  [security({ procMount: 'Unmasked' }), 'spec.containers[0].securityContext.procMount'],
  [security({ seccompProfile: { type: 'Unconfined' } }), 'spec.containers[0].securityContext.seccompProfile.type'],
  [security({ appArmorProfile: { type: 'Unconfined' } }), 'spec.containers[0].securityContext.appArmorProfile.type'],
  [security({ seLinuxOptions: { type: 'spc_t' } }), 'spec.containers[0].securityContext.seLinuxOptions'],
  [security({ windowsOptions: { hostProcess: true } }), 'spec.containers[0].securityContext.windowsOptions'],
  [spec({ securityContext: { windowsOptions: { hostProcess: true } } }), 'spec.securityContext.windowsOptions'],
  [spec({ securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } }), 'spec.securityContext.sysctls'],
  [spec({ volumes: [{ name: 'share', nfs: { server: 'x', path: '/' } }] }), 'spec.volumes[0].nfs'],
  [{ podSpec: { metadata: { labels: { 'sandpod.dev/network': 'open' } } } }, 'metadata.labels'],
  [{ podSpec: { metadata: { labels: { 'app.kubernetes.io/managed-by': 'me' } } } }, 'metadata.labels'],
  [{ podSpec: { metadata: { annotations: { 'sandpod.dev/expires': '9' } } } }, 'metadata.annotations'],
  [{ podSpec: { metadata: { finalizers: ['a/b'] } } }, 'metadata.finalizers'],
  [{ podSpec: { metadata: { ownerReferences: [{ kind: 'Node' }] } } }, 'metadata.ownerReferences'],
] as const)('%o is refused whatever the options say, naming %s', ([options, field]) => {
  const everything = Object.assign({}, ...PERMITTED.map(([, , , permission]) => permission));
  expect(errorOf({ ...everything, ...options })).toMatchObject({ code: 'invalid-options', details: { field } });
});

test('a path on the node is permitted with everything below it, but not a path that only has it as a prefix', () => {
  const volume = (path: string): Options => ({ hostPaths: ['/srv/data'], volume: { hostPath: { path } } });
  expect(resolvePodOptions(volume('/srv/data/set')).workspaceVolume?.volume.hostPath?.path).toBe('/srv/data/set');
  expect(errorOf(volume('/srv/database')).message).toBe(
    'volume (the object), hostPath: expected no path on the node, given /srv/database; only the option hostPaths: ["/srv/database"] permits it.',
  );
  expect(errorOf(volume('/srv/data/../../etc'))).toMatchObject({ details: { field: 'hostPath' } });
});

test('another namespace is permitted by the option namespace only', () => {
  const options = resolvePodOptions({ podSpec: 'kind: Pod\nmetadata: {namespace: kube-system}\n' });
  expect(() => checkNamespace(options, 'here')).toThrow(
    'podSpec (the YAML text), metadata.namespace: expected here, given kube-system; only the option namespace: "kube-system" permits it.',
  );
  checkNamespace(options, 'kube-system');
});

test('root is refused as a number too', () => {
  expect(errorOf({ runAsUser: 0 }).message).toContain('only the option runAsRoot: true permits it');
  expect(bodyOf({ runAsRoot: true }).spec?.securityContext).toMatchObject({ runAsUser: 0, runAsNonRoot: false });
});

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
  const expected = 'expected at most 131071 bytes with the name, which is the most that Linux passes on (it has 200004)';
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
