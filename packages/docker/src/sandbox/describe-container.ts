import type { ContainerFacts } from '../manifest/container-facts.ts';

const MiB = 1024 * 1024;

/** Describes a container for a language model: its image, directories, network and limits. */
export function describeContainer(facts: ContainerFacts): string {
  const { limits, image, workspacePath, network, writableRoot } = facts;
  return [
    `A Linux container from the image ${image}.`,
    `The workspace ${workspacePath} is the working directory; ${writableRoot ? 'the root file system is writable' : 'only it and /tmp are writable'}.`,
    network === 'none' ? 'There is no network.' : `The network is ${network}.`,
    `Limits: ${limits.cpus} CPU, ${Math.round(limits.memoryBytes / MiB)} MiB of memory, ${Math.round(limits.workspaceBytes / MiB)} MiB of files, ${limits.processes} processes.`,
  ].join(' ');
}
