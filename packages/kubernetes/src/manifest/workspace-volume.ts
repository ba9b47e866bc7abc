import type { V1Volume, V1VolumeMount } from '@kubernetes/client-node';
import { manifestError } from '../options/manifest-source.ts';
import type { PodOptions } from '../options/pod-options.ts';
import { userContainer } from '../options/user-container.ts';

const TMP_BYTES = 64 * 1024 * 1024;
/** What a pod may write besides its workspace. */
export const SHORT_LIVED_BYTES = TMP_BYTES;

/** Which volume is the workspace, and where. */
export interface WorkspacePlan {
  /** Absolute path. */
  readonly workspace: string;
  /** How every container sees it. */
  readonly mount: V1VolumeMount;
  /** What the sandbox's own container mounts besides what its user wrote. */
  readonly sandboxMounts: readonly V1VolumeMount[];
  /** What the pod has besides the user's other ones; these win over theirs of the same name. */
  readonly volumes: readonly V1Volume[];
}

/**
 * The user's volume where there is one: the `volume` option, what their container mounts at the workspace's path, or a
 * volume of `podSpec` that is named `workspace`; else an empty one of the size that is allowed.
 */
export function planWorkspace(options: PodOptions, workspace: string): WorkspacePlan {
  const mounts = userContainer(options)?.volumeMounts ?? [];
  const mounted = mountAt(options, workspace);
  const volume = workspaceVolume(options);
  if (mounted !== undefined && options.workspaceVolume !== undefined && mounted.name !== volume.name) {
    const given = `the volume ${mounted.name} of podSpec at that path too`;
    throw manifestError(options.workspaceVolume, { field: '', expected: `to be mounted at ${workspace} alone`, given });
  }
  const mount = mounted ?? { name: volume.name, mountPath: workspace };
  const tmp = temporaryVolume(options);
  const hasTmp = mounts.some(({ mountPath }) => trim(mountPath) === '/tmp') || workspace === '/tmp';
  return {
    workspace,
    mount: { name: mount.name, mountPath: workspace, ...(mount.subPath === undefined ? {} : { subPath: mount.subPath }) },
    sandboxMounts: [...(mounted === undefined ? [mount] : []), ...(hasTmp ? [] : [{ name: tmp.name, mountPath: '/tmp' }])],
    volumes: [...(mount.name === volume.name ? [volume] : []), ...(hasTmp ? [] : [tmp])],
  };
}

/** The volume that is the workspace; undefined where `podSpec` mounts one there that it does not have. */
export function volumeAt(options: PodOptions, workspace: string): V1Volume | undefined {
  const ours = workspaceVolume(options);
  const name = mountAt(options, workspace)?.name;
  return name === undefined || name === ours.name ? ours : options.template?.spec.volumes?.find((volume) => volume.name === name);
}

/** Whether what is in a volume may be there after the pod. */
export function outlivesPod(volume: V1Volume): boolean {
  return volume.emptyDir === undefined && volume.ephemeral === undefined;
}

function mountAt(options: PodOptions, workspace: string): V1VolumeMount | undefined {
  return userContainer(options)?.volumeMounts?.find(({ mountPath }) => trim(mountPath) === workspace);
}

/** Without a size an empty directory could fill the node. */
function workspaceVolume({ workspaceVolume, template, limits }: PodOptions): V1Volume {
  const sizeLimit = String(limits.workspaceBytes);
  const named = template?.spec.volumes?.find(({ name }) => name === 'workspace');
  const volume = workspaceVolume?.volume ?? named ?? { name: 'workspace', emptyDir: {} };
  return volume.emptyDir === undefined ? volume : { ...volume, emptyDir: { sizeLimit, ...volume.emptyDir } };
}

function temporaryVolume({ template, workspaceVolume }: PodOptions): V1Volume {
  const isTaken = template?.spec.volumes?.some(({ name }) => name === 'tmp') || workspaceVolume?.volume.name === 'tmp';
  return { name: isTaken ? 'sandpod-tmp' : 'tmp', emptyDir: { sizeLimit: String(TMP_BYTES) } };
}

function trim(path: string): string {
  return path === '/' ? path : path.replace(/\/+$/, '');
}
