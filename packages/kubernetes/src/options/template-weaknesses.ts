import type { V1Container, V1PodSpec, V1Volume } from '@kubernetes/client-node';
import type { PodOptions } from './pod-options.ts';
import { userContainer } from './user-container.ts';

/** Resources that every node has. All other resources are devices. */
const ORDINARY = /^(cpu|memory|ephemeral-storage|hugepages-.*)$/;
const APP_ARMOR = /^container\.apparmor\.security\.beta\.kubernetes\.io\//;

type Given = Pick<PodOptions, 'template' | 'containerName' | 'annotations' | 'workspaceVolume'>;

/** Returns one sentence for each field of `podSpec` and `volume` that gives programs more access than a default pod does. */
export function templateWeaknesses(options: Given): string[] {
  const spec = options.template?.spec ?? {};
  const container = userContainer(options);
  return [
    ...profiles(spec, { container, annotations: options.annotations }),
    ...list('Programs can read the secret', secretsOf(spec, { ...options, container })),
    ...list('Programs can use the device', devicesOf(spec, container)),
  ];
}

function list(sentence: string, names: readonly string[]): string[] {
  return [...new Set(names)].map((name) => `${sentence} ${name} (podSpec).`);
}

/** Returns sentences about profiles that are files on the node. sandpod cannot check their rules. */
function profiles(
  spec: Partial<V1PodSpec>,
  { container, annotations }: { readonly container: V1Container | undefined; readonly annotations: Given['annotations'] },
): string[] {
  const contexts = [spec.securityContext, container?.securityContext];
  const seccomp = contexts.flatMap((context) => context?.seccompProfile?.localhostProfile ?? []);
  const appArmor = contexts.flatMap((context) => context?.appArmorProfile?.localhostProfile ?? []);
  const annotated = Object.entries(annotations).flatMap(([name, value]) =>
    APP_ARMOR.test(name) && value.startsWith('localhost/') ? [value.slice('localhost/'.length)] : [],
  );
  return [
    ...list("System calls are filtered by the node's own seccomp profile", seccomp),
    ...list("Programs are confined by the node's own AppArmor profile", [...appArmor, ...annotated]),
  ];
}

interface Parts extends Pick<Given, 'workspaceVolume'> {
  readonly container: V1Container | undefined;
}

/** Returns the names of the secrets that programs can read. A secret may contain a service account token; its content is not known here. */
function secretsOf({ volumes = [] }: Partial<V1PodSpec>, { container, workspaceVolume }: Parts): string[] {
  const mounted = new Set(['workspace', ...(container?.volumeMounts ?? []).map(({ name }) => name)]);
  const all = [...volumes.filter(({ name }) => mounted.has(name)), ...(workspaceVolume === undefined ? [] : [workspaceVolume.volume])];
  return [
    ...all.flatMap(secretsIn),
    ...(container?.envFrom ?? []).flatMap(({ secretRef }) => secretRef?.name ?? []),
    ...(container?.env ?? []).flatMap(({ valueFrom }) => valueFrom?.secretKeyRef?.name ?? []),
  ];
}

function secretsIn({ secret, projected, csi }: V1Volume): string[] {
  return [
    ...(secret?.secretName === undefined ? [] : [secret.secretName]),
    ...(projected?.sources ?? []).flatMap((source) => source.secret?.name ?? []),
    ...(csi === undefined ? [] : [`volume of the CSI driver ${csi.driver}`]),
  ];
}

function devicesOf({ resourceClaims = [] }: Partial<V1PodSpec>, container: V1Container | undefined): string[] {
  const { limits = {}, requests = {} } = container?.resources ?? {};
  return [
    ...resourceClaims.map(({ name }) => `of the claim ${name}`),
    ...Object.keys({ ...requests, ...limits }).filter((name) => !ORDINARY.test(name)),
    ...(container?.volumeDevices ?? []).map(({ name }) => `of the volume ${name}`),
  ];
}
