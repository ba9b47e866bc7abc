import {
  V1Container,
  V1EnvFromSource,
  V1EnvVarSource,
  V1Lifecycle,
  V1PodSecurityContext,
  V1PodSpec,
  V1ResourceRequirements,
  V1SecurityContext,
  V1Volume,
  V1VolumeMount,
  V1VolumeProjection,
} from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { describeProvider } from '../src/lifecycle/describe-provider.ts';
import { specOf } from '../src/manifest/pod-spec.ts';
import { resolvePodOptions } from '../src/options/resolve-pod-options.ts';

/** What sandpod does with a field of `podSpec` that can weaken isolation. The value is an example. */
type Rule =
  /** Rejected unless an option permits it, or always. */
  | { readonly refused: unknown }
  /** Accepted, and listed in `describe().weaknesses`. */
  | { readonly listed: unknown }
  /** Replaced or removed: sandpod's value is in the pod. */
  | { readonly replaced: unknown }
  /** Accepted. The text contains the reason. */
  | string;

type Rules = Readonly<Record<string, Rule>>;

const PLACEMENT = 'chooses or delays the node, and does not change what programs can do there';
const IN_PARTS = 'its fields are in another table';
const OWN_POD = 'changes only the own pod';
const NO_ADDRESS = 'names and look-ups only; the NetworkPolicy limits addresses';
const PROBE = 'runs in the own container, or connects to it; a host is refused (check-weaknesses.test)';

const POD: Rules = {
  activeDeadlineSeconds: 'ends the pod earlier; noted by describe()',
  affinity: PLACEMENT,
  automountServiceAccountToken: { refused: true },
  containers: IN_PARTS,
  dnsConfig: NO_ADDRESS,
  dnsPolicy: NO_ADDRESS,
  enableServiceLinks: { replaced: true },
  ephemeralContainers: { refused: [{ name: 'debug', image: 'x' }] },
  hostAliases: NO_ADDRESS,
  hostIPC: { refused: true },
  hostNetwork: { refused: true },
  hostPID: { refused: true },
  hostUsers: 'false adds a user namespace, true is the default',
  hostname: NO_ADDRESS,
  hostnameOverride: NO_ADDRESS,
  imagePullSecrets: 'used by the kubelet, not visible to programs',
  initContainers: 'hardened like the other containers (container.test)',
  nodeName: PLACEMENT,
  nodeSelector: PLACEMENT,
  os: PLACEMENT,
  overhead: 'set by the runtime class',
  preemptionPolicy: PLACEMENT,
  priority: PLACEMENT,
  priorityClassName: PLACEMENT,
  readinessGates: OWN_POD,
  resourceClaims: { listed: [{ name: 'gpu', resourceClaimName: 'gpu' }] },
  resources: 'limits of the whole pod; the limits of the container still apply',
  restartPolicy: { replaced: 'Always' },
  runtimeClassName: 'replaces the kernel by a sandboxed one, or the start fails',
  schedulerName: PLACEMENT,
  schedulingGates: PLACEMENT,
  schedulingGroup: PLACEMENT,
  securityContext: IN_PARTS,
  serviceAccount: 'no token is mounted unless an option permits it',
  serviceAccountName: 'no token is mounted unless an option permits it',
  setHostnameAsFQDN: NO_ADDRESS,
  shareProcessNamespace: { refused: true },
  subdomain: NO_ADDRESS,
  terminationGracePeriodSeconds: { replaced: 3_600 },
  tolerations: PLACEMENT,
  topologySpreadConstraints: PLACEMENT,
  volumes: IN_PARTS,
};

const CONTAINER: Rules = {
  args: 'the process that the caller wants as process 1',
  command: 'the process that the caller wants as process 1',
  env: IN_PARTS,
  envFrom: IN_PARTS,
  image: 'the image of the sandbox',
  imagePullPolicy: 'used by the kubelet',
  lifecycle: IN_PARTS,
  livenessProbe: PROBE,
  name: 'selects the container in which programs run',
  ports: { refused: [{ containerPort: 80, hostPort: 80 }] },
  readinessProbe: PROBE,
  resizePolicy: OWN_POD,
  resources: IN_PARTS,
  restartPolicy: { replaced: 'Always' },
  restartPolicyRules: { replaced: [{ action: 'Restart', exitCodes: { operator: 'In', values: [1] } }] },
  securityContext: IN_PARTS,
  startupProbe: PROBE,
  stdin: OWN_POD,
  stdinOnce: OWN_POD,
  terminationMessagePath: 'a file in the container, of which the kubelet reads 4 KiB; never shown after guest code ran',
  terminationMessagePolicy: OWN_POD,
  tty: OWN_POD,
  volumeDevices: { listed: [{ name: 'raw', devicePath: '/dev/x' }] },
  volumeMounts: IN_PARTS,
  workingDir: { replaced: '/elsewhere' },
};

const SECURITY: Rules = {
  allowPrivilegeEscalation: { refused: true },
  appArmorProfile: { refused: { type: 'Unconfined' } },
  capabilities: { refused: { add: ['NET_RAW'] } },
  privileged: { refused: true },
  procMount: { refused: 'Unmasked' },
  readOnlyRootFilesystem: { refused: false },
  runAsGroup: { refused: 0 },
  runAsNonRoot: { refused: false },
  runAsUser: { refused: 0 },
  seLinuxOptions: { refused: { type: 'spc_t' } },
  seccompProfile: { refused: { type: 'Unconfined' } },
  windowsOptions: { refused: { hostProcess: true } },
};

const POD_SECURITY: Rules = {
  appArmorProfile: { refused: { type: 'Unconfined' } },
  fsGroup: { refused: 0 },
  fsGroupChangePolicy: 'decides when the owner of a volume is changed',
  runAsGroup: { refused: 0 },
  runAsNonRoot: { refused: false },
  runAsUser: { refused: 0 },
  seLinuxChangePolicy: 'decides how a volume is labeled; labels are refused',
  seLinuxOptions: { refused: { type: 'spc_t' } },
  seccompProfile: { refused: { type: 'Unconfined' } },
  supplementalGroups: { refused: [0] },
  supplementalGroupsPolicy: 'Strict removes the groups of the image, Merge is the default',
  sysctls: { refused: [{ name: 'kernel.shm_rmid_forced', value: '1' }] },
  windowsOptions: { refused: { hostProcess: true } },
};

/** Kinds of volume that are accepted. All other kinds are refused. */
const VOLUME: Rules = {
  configMap: 'configuration that the caller chose',
  csi: { listed: { driver: 'secrets-store.csi.k8s.io' } },
  downwardAPI: 'facts about the own pod',
  emptyDir: OWN_POD,
  ephemeral: 'deleted with the pod',
  image: 'content of an image, read-only',
  name: 'names the volume',
  persistentVolumeClaim: 'a volume that the caller chose; as the workspace, it is listed (describe-provider.test)',
  projected: IN_PARTS,
  secret: { listed: { secretName: 'token' } },
};

const PROJECTION: Rules = {
  clusterTrustBundle: 'public certificates',
  configMap: 'configuration that the caller chose',
  downwardAPI: 'facts about the own pod',
  podCertificate: { refused: { signerName: 'x', keyType: 'ED25519' } },
  secret: { listed: { name: 'token' } },
  serviceAccountToken: { refused: { path: 'token', audience: 'vault' } },
};

const MOUNT: Rules = {
  mountPath: OWN_POD,
  mountPropagation:
    'Bidirectional needs a privileged container, which is refused; HostToContainer only adds what is mounted below a volume',
  name: 'names the volume',
  readOnly: OWN_POD,
  recursiveReadOnly: OWN_POD,
  subPath: 'inside the volume: the kubelet refuses paths that leave it',
  subPathExpr: 'inside the volume: the kubelet refuses paths that leave it',
};

const ENV_FROM: Rules = {
  configMapRef: 'configuration that the caller chose; checked for the address of the network test (check-network.test)',
  prefix: 'names only',
  secretRef: { listed: { name: 'token' } },
};

const ENV_SOURCE: Rules = {
  configMapKeyRef: 'configuration that the caller chose',
  fieldRef: 'facts about the own pod',
  fileKeyRef: 'a file in a volume of the own pod',
  resourceFieldRef: 'facts about the own pod',
  secretKeyRef: { listed: { name: 'token', key: 'a' } },
};

const RESOURCES: Rules = {
  claims: 'refers to resourceClaims, which are listed',
  limits: { listed: { 'nvidia.com/gpu': '1' } },
  requests: { listed: { 'nvidia.com/gpu': '1' } },
};

const LIFECYCLE: Rules = {
  postStart: { refused: { httpGet: { host: '10.0.0.1', port: 80 } } },
  preStop: { refused: { tcpSocket: { host: '10.0.0.1', port: 80 } } },
  stopSignal: OWN_POD,
};

const container = (more: object): object => ({ containers: [{ name: 'sandbox', ...more }] });
const volume = (more: object): object => ({
  ...container({ volumeMounts: [{ name: 'data', mountPath: '/data' }] }),
  volumes: [{ name: 'data', ...more }],
});

interface Table {
  readonly type: { getAttributeTypeMap(): readonly { readonly name: string }[] };
  readonly rules: Rules;
  /** Puts fields into a pod's spec. */
  readonly place: (fields: object) => object;
  /** The rule for fields that the table lacks. Default: the table has all fields. */
  readonly others?: Rule;
}

const TABLES: Readonly<Record<string, Table>> = {
  'a pod': { type: V1PodSpec, rules: POD, place: (fields) => fields },
  'a container': { type: V1Container, rules: CONTAINER, place: container },
  "a container's security context": {
    type: V1SecurityContext,
    rules: SECURITY,
    place: (securityContext) => container({ securityContext }),
  },
  "a pod's security context": { type: V1PodSecurityContext, rules: POD_SECURITY, place: (securityContext) => ({ securityContext }) },
  'a volume': { type: V1Volume, rules: VOLUME, place: volume, others: { refused: { path: '/' } } },
  'a projected source': { type: V1VolumeProjection, rules: PROJECTION, place: (source) => volume({ projected: { sources: [source] } }) },
  'a volume mount': { type: V1VolumeMount, rules: MOUNT, place: (mount) => container({ volumeMounts: [mount] }) },
  'a source of variables': { type: V1EnvFromSource, rules: ENV_FROM, place: (source) => container({ envFrom: [source] }) },
  "a variable's source": { type: V1EnvVarSource, rules: ENV_SOURCE, place: (valueFrom) => container({ env: [{ name: 'A', valueFrom }] }) },
  resources: { type: V1ResourceRequirements, rules: RESOURCES, place: (resources) => container({ resources }) },
  hooks: { type: V1Lifecycle, rules: LIFECYCLE, place: (lifecycle) => container({ lifecycle }) },
};

const FIELDS = Object.entries(TABLES).flatMap(([of, { type, rules, place, others }]) =>
  type.getAttributeTypeMap().map(({ name }) => ({ of, name, place, rule: Object.hasOwn(rules, name) ? rules[name] : others })),
);

test('every field of a pod that this version of Kubernetes has is in the table, and the table has no other', () => {
  expect(FIELDS.filter(({ rule }) => rule === undefined).map(({ of, name }) => `${name} of ${of}`)).toEqual([]);
  const known = new Set(FIELDS.map(({ of, name }) => `${of}: ${name}`));
  const stated = Object.entries(TABLES).flatMap(([of, { rules }]) => Object.keys(rules).map((name) => `${of}: ${name}`));
  expect(stated.filter((field) => !known.has(field))).toEqual([]);
});

const resolve = (spec: object): ReturnType<typeof resolvePodOptions> => resolvePodOptions({ podSpec: { spec } });

function weaknesses(spec: object): readonly string[] {
  const settings = { server: 'https://here', source: 'a file' };
  return describeProvider(resolve(spec), { settings, namespace: 'x', version: undefined, proof: undefined, warnings: [] }).weaknesses;
}

const examples = (kind: 'refused' | 'listed' | 'replaced'): { of: string; name: string; spec: object; value: unknown }[] =>
  FIELDS.flatMap(({ of, name, place, rule }) => {
    if (typeof rule !== 'object' || !(kind in rule)) return [];
    const value: unknown = Object.values(rule)[0];
    return [{ of, name, value, spec: place({ [name]: value }) }];
  });

test.for(examples('refused'))('$name of $of is refused', ({ spec, name }) => {
  expect(() => resolve(spec)).toThrow(name === 'podCertificate' || name === 'serviceAccountToken' ? 'projected.sources' : name);
});

test.for(examples('listed'))('$name of $of is a weakness that describe() lists', ({ spec }) => {
  expect(weaknesses(spec)).toHaveLength(1);
});

test.for(examples('replaced'))('$name of $of does not reach the pod', ({ spec, name, value }) => {
  const made = specOf(resolve(spec), '/workspace');
  const [sandbox] = made.containers;
  const all: Readonly<Record<string, unknown>> = { ...made, ...sandbox };
  expect(all[name]).not.toEqual(value);
  expect(JSON.stringify(made)).not.toContain(`"${name}":${JSON.stringify(value)}`);
});
