import type { V1NetworkPolicy } from '@kubernetes/client-node';
import { LABEL, MANAGED_BY } from './labels.ts';

export const POLICY_NAME = 'sandpod-deny-all';

/**
 * Returns the policy that blocks all traffic to and from every pod that has sandpod's label. All sandboxes in a namespace share the policy.
 */
export function denyAllPolicy(namespace: string): V1NetworkPolicy {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: POLICY_NAME, namespace, labels: { [LABEL.managedBy]: MANAGED_BY } },
    spec: { podSelector: { matchLabels: { [LABEL.network]: 'closed' } }, policyTypes: ['Ingress', 'Egress'] },
  };
}
