import type { ContainerFacts } from '../manifest/container-facts.ts';

const MiB = 1024 * 1024;

/** What a model should know about the container. */
export function describeContainer(facts: ContainerFacts): string {
  const { limits, image, workspacePath, network, writableRoot } = facts;
  return [
    `A Linux container of the image ${image}.`,
    `The workspace and working directory is ${workspacePath}; ${writableRoot ? 'the root file system can be written' : 'besides it only /tmp can be written'}.`,
    network === 'none' ? 'There is no network.' : `The network is ${network}.`,
    `Limits: ${limits.cpus} CPU, ${Math.round(limits.memoryBytes / MiB)} MiB of memory, ${Math.round(limits.workspaceBytes / MiB)} MiB of files, ${limits.processes} processes.`,
  ].join(' ');
}
