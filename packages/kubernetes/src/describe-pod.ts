import type { PodOptions } from './kubernetes-options.ts';
import type { NetworkProof } from './pod/prove-closed.ts';

const MiB = 1024 * 1024;

/** What a model should know about the pod. */
export function describePod(options: PodOptions): string {
  const { limits, image, workspacePath, network, runtimeClassName } = options;
  return [
    `A Linux container of the image ${image} in a Kubernetes pod${runtimeClassName === undefined ? '' : `, run by ${runtimeClassName}`}.`,
    `The workspace and working directory is ${workspacePath}; besides it only /tmp can be written.`,
    network === 'open' ? 'The network is open.' : 'There is no network.',
    `Limits: ${limits.cpus} CPU, ${Math.round(limits.memoryBytes / MiB)} MiB of memory, ${Math.round(limits.workspaceBytes / MiB)} MiB of files.`,
  ].join(' ');
}

/** One sentence for each protection that is weaker than the default, or not proven. */
export function looseness(options: PodOptions, proof: NetworkProof | undefined): string[] {
  if (options.network === 'open') return ['The network is open: no NetworkPolicy closes the pods.'];
  if (proof === 'open') return ['The cluster does not enforce NetworkPolicies: pods reach the network.'];
  if (proof === 'unknown') return ['Whether the network is closed could not be tested: the image has neither python3, nc nor bash.'];
  return [];
}
