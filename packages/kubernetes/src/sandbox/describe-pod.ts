import type { PodOptions } from '../options/pod-options.ts';

const MiB = 1024 * 1024;

/** What a model should know about the pod. */
export function describePod(options: PodOptions): string {
  const { limits, image, workspacePath, network, runtimeClassName, writableRoot, runAsRoot } = options;
  return [
    `A Linux container of the image ${image} in a Kubernetes pod${runtimeClassName === undefined ? '' : `, run by ${runtimeClassName}`}.`,
    `The workspace and working directory is ${workspacePath}; ${writableRoot ? 'the root file system can be written too' : 'besides it only /tmp can be written'}.`,
    network === 'open' ? 'The network is open.' : 'There is no network.',
    ...(runAsRoot ? ['Programs run as root.'] : []),
    `Limits: ${limits.cpus} CPU, ${Math.round(limits.memoryBytes / MiB)} MiB of memory, ${Math.round(limits.workspaceBytes / MiB)} MiB of files.`,
  ].join(' ');
}
