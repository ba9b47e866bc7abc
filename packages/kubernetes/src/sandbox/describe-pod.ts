import type { PodOptions } from '../options/pod-options.ts';

const MiB = 1024 * 1024;

/** Describes a pod for a language model. */
export function describePod(options: PodOptions): string {
  const { limits, image, workspacePath, network, runtimeClassName, writableRoot, runAsRoot } = options;
  return [
    `A Linux container from the image ${image} in a Kubernetes pod${runtimeClassName === undefined ? '' : `, run by ${runtimeClassName}`}.`,
    `The workspace ${workspacePath} is the working directory; ${writableRoot ? 'programs can write to the whole root file system' : 'apart from it, programs can write only to /tmp'}.`,
    network === 'open' ? 'The network is open.' : 'There is no network.',
    ...(runAsRoot ? ['Programs run as root.'] : []),
    `Limits: ${limits.cpus} CPU, ${Math.round(limits.memoryBytes / MiB)} MiB of memory, ${Math.round(limits.workspaceBytes / MiB)} MiB of files.`,
  ].join(' ');
}
