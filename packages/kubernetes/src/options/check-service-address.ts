import type { V1EnvVar } from '@kubernetes/client-node';
import { SandpodError } from '@sandpod/core';
import { manifestError } from './manifest-source.ts';
import type { PodOptions } from './pod-options.ts';
import { containersOf } from './pod-template.ts';

/** The variables in which Kubernetes passes the API server's address to a pod. */
const NAMES: readonly string[] = ['KUBERNETES_SERVICE_HOST', 'KUBERNETES_SERVICE_PORT'];

const EXPECTED = 'neither KUBERNETES_SERVICE_HOST nor KUBERNETES_SERVICE_PORT, which hold the address for the network test';

/** Rejects variables that would redirect the network test to another address. @throws {SandpodError} `invalid-options`. */
export function checkServiceAddress({ network, env, template, containerName }: PodOptions): void {
  if (network === 'open') return;
  const given = Object.keys(env).find((name) => NAMES.includes(name));
  if (given !== undefined) {
    const message = `pod.env: expected ${EXPECTED}, given ${given}.`;
    const advice = 'Remove the variable, set it only for single programs, or set network: "open".';
    throw new SandpodError({ code: 'invalid-options', message, advice, details: { field: 'env', permittedBy: 'network: "open"' } });
  }
  if (template === undefined) return;
  for (const { container, field } of containersOf(template.spec)) {
    const wrong = container.name === containerName ? container.env?.find(isOne) : undefined;
    if (wrong === undefined) continue;
    throw manifestError(template, { field: `${field}.env`, expected: EXPECTED, given: wrong.name, permittedBy: 'network: "open"' });
  }
}

function isOne({ name }: V1EnvVar): boolean {
  return NAMES.includes(name);
}
