import type { DockerOptions } from './docker-options.ts';

const MiB = 1024 * 1024;

/** What a model should know about the container. */
export function describeContainer(options: DockerOptions): string {
  const { limits, image, workspacePath, network } = options;
  return [
    `A Linux container of the image ${image}.`,
    `The workspace and working directory is ${workspacePath}; ${options.writableRoot ? 'the root file system can be written' : 'besides it only /tmp can be written'}.`,
    network === 'none' ? 'There is no network.' : `The network is ${network}.`,
    `Limits: ${limits.cpus} CPU, ${Math.round(limits.memoryBytes / MiB)} MiB of memory, ${Math.round(limits.workspaceBytes / MiB)} MiB of files, ${limits.processes} processes.`,
  ].join(' ');
}
