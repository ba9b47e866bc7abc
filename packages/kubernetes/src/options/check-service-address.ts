import type { V1EnvVar } from '@kubernetes/client-node';
import { SandpodError } from '@sandpod/core';
import { manifestError } from './manifest-source.ts';
import type { PodOptions } from './pod-options.ts';
import { containersOf } from './pod-template.ts';

/** The variables by which Kubernetes tells a pod where the API server is. */
const NAMES: readonly string[] = ['KUBERNETES_SERVICE_HOST', 'KUBERNETES_SERVICE_PORT'];

const EXPECTED = 'neither KUBERNETES_SERVICE_HOST nor KUBERNETES_SERVICE_PORT, at which the network is tested';

/** Refuses variables that would have the network tested at another address. @throws {SandpodError} `invalid-options`. */
export function checkServiceAddress({ network, env, template, containerName }: PodOptions): void {
  if (network === 'open') return;
  const given = Object.keys(env).find((name) => NAMES.includes(name));
  if (given !== undefined) {
    const message = `pod.env: expected ${EXPECTED}, given ${given}.`;
    const advice = 'Remove the variable, give it to single programs, or say network: "open".';
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
