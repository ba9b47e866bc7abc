import { startFailed } from './pod-failure.ts';
import type { NetworkProof } from './prove-closed.ts';

/** Refuses a pod whose network is not proven closed. @throws {SandpodError} `start-failed`. */
export function requireClosed(proof: NetworkProof, podName: string): void {
  if (proof === 'closed') return;
  throw startFailed(
    `The network of the pod ${podName} is ${proof === 'open' ? 'open although a NetworkPolicy closes it' : 'not proven closed'}.`,
    'Install a network plugin that enforces NetworkPolicies, or say network: "none" to go without the proof.',
  );
}
