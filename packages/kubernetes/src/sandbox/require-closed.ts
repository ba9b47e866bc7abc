import { POLICY_NAME } from '../manifest/network-policy.ts';
import { startFailed } from './pod-status.ts';
import type { NetworkProof } from './prove-closed.ts';

/** Rejects a pod unless its network was proven to be closed. @throws {SandpodError} `start-failed`. */
export function requireClosed(proof: NetworkProof, podName: string): void {
  if (proof === 'closed') return;
  const [what, advice] =
    proof === 'open'
      ? [
          `open, although the NetworkPolicy ${POLICY_NAME} should close it`,
          'Install a network plugin that enforces NetworkPolicies, remove other policies that select the pod',
        ]
      : ['not proven closed', 'Use an image with python3, check that pods can normally reach the API server'];
  throw startFailed(`The network of the pod ${podName} is ${what}.`, `${advice}, or set network: "none" to start without the proof.`);
}
