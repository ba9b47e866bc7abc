import { expect, test } from 'vitest';
import { bodyOf, container, errorOf, spec } from '../../test/fixtures/pod-options.ts';
import type { PodSandboxProviderOptions as Options } from './pod-options.ts';
import { resolvePodOptions } from './resolve-pod-options.ts';
import { weaknessesOf } from './weaknesses-of.ts';

const security = (more: object): Options => container({ securityContext: more });
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

test('root is refused as a number too', () => {
  expect(errorOf({ runAsUser: 0 }).message).toContain('only the option runAsRoot: true permits it');
  expect(bodyOf({ runAsRoot: true }).spec?.securityContext).toMatchObject({ runAsUser: 0, runAsNonRoot: false });
});
