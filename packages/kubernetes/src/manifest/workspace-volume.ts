import type { V1Volume, V1VolumeMount } from '@kubernetes/client-node';
import { manifestError } from '../options/manifest-source.ts';
import type { PodOptions } from '../options/pod-options.ts';
import { userContainer } from '../options/user-container.ts';

const TMP_BYTES = 64 * 1024 * 1024;
/** Number of bytes that a pod may write outside its workspace. */
export const SHORT_LIVED_BYTES = TMP_BYTES;

/** The workspace volume and its mounts. */
export interface WorkspacePlan {
  /** Absolute path of the workspace. */
  readonly workspace: string;
  /** The mount in every container. */
  readonly mount: V1VolumeMount;
  /** Mounts to add to the sandbox's container. */
  readonly sandboxMounts: readonly V1VolumeMount[];
  /** Volumes to add to the pod. They replace the user's volumes with the same names. */
  readonly volumes: readonly V1Volume[];
}

/**
 * Selects the workspace volume: the `volume` option, the volume that the user's container mounts at the workspace's path, or the volume
 * named `workspace` in `podSpec`. If there is none, uses an empty volume of the permitted size.
 */
export function planWorkspace(options: PodOptions, workspace: string): WorkspacePlan {
  const mounts = userContainer(options)?.volumeMounts ?? [];
  const mounted = mountAt(options, workspace);
  const volume = workspaceVolume(options);
  if (mounted !== undefined && options.workspaceVolume !== undefined && mounted.name !== volume.name) {
    const given = `the volume ${mounted.name}, which podSpec mounts at the same path`;
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

/** Returns the workspace volume, or undefined if `podSpec` mounts a volume at the workspace's path but does not define that volume. */
export function volumeAt(options: PodOptions, workspace: string): V1Volume | undefined {
  const ours = workspaceVolume(options);
  const name = mountAt(options, workspace)?.name;
  return name === undefined || name === ours.name ? ours : options.template?.spec.volumes?.find((volume) => volume.name === name);
}

/** Returns true if a volume's content may outlive the pod. */
export function outlivesPod(volume: V1Volume): boolean {
  return volume.emptyDir === undefined && volume.ephemeral === undefined;
}

function mountAt(options: PodOptions, workspace: string): V1VolumeMount | undefined {
  return userContainer(options)?.volumeMounts?.find(({ mountPath }) => trim(mountPath) === workspace);
}

/** Returns the workspace volume. An `emptyDir` gets a size limit, because it could otherwise fill the node's disk. */
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
