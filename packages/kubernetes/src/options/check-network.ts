import type { V1Container, V1EnvVar } from '@kubernetes/client-node';
import { SandpodError } from '@sandpod/core';
import { type ManifestProblem, manifestError } from './manifest-source.ts';
import type { PodOptions } from './pod-options.ts';
import { containersOf } from './pod-template.ts';

/** The variables in which Kubernetes passes the API server's address to a pod. */
const NAMES: readonly string[] = ['KUBERNETES_SERVICE_HOST', 'KUBERNETES_SERVICE_PORT'];

const EXPECTED = 'neither KUBERNETES_SERVICE_HOST nor KUBERNETES_SERVICE_PORT, which contain the address for the network test';

/** Annotations that make network plugins connect a pod to additional networks. NetworkPolicies do not apply to those networks. */
const MORE_NETWORKS =
  /^(k8s\.v1\.cni\.cncf\.io|v1\.multus-cni\.io|networking\.gke\.io|danm\.k8s\.io|k8s\.ovn\.org|([^/]+\.)?ovn\.kubernetes\.io)\//;

const OPEN = 'network: "open"';

type NetworkOptions = Pick<PodOptions, 'network' | 'env' | 'annotations' | 'template' | 'containerName'>;

/**
 * Rejects settings that would open a closed network or change the address that the network test checks.
 *
 * @throws {SandpodError} `invalid-options`.
 */
export function checkNetwork(options: NetworkOptions): void {
  if (options.network === 'open') return;
  checkVariables(options);
  checkAnnotations(options);
  if (options.network === 'require-none') checkSources(options);
}

/** Returns true if a config map or secret in `podSpec` may set the address for the network test. The test then proves nothing. */
export function mayRedirectTest(options: Pick<PodOptions, 'template' | 'containerName'>): boolean {
  return findSource(options) !== undefined;
}

function checkVariables({ env, template, containerName }: NetworkOptions): void {
  const given = Object.keys(env).find((name) => NAMES.includes(name));
  if (given !== undefined)
    refuse('env', `expected ${EXPECTED}, given ${given}`, 'Remove the variable, set it only for individual programs');
  if (template === undefined) return;
  for (const { container, field } of sandboxContainers({ template, containerName })) {
    const wrong = container.env?.find(isOne);
    if (wrong !== undefined)
      throw manifestError(template, { field: `${field}.env`, expected: EXPECTED, given: wrong.name, permittedBy: OPEN });
  }
}

function checkAnnotations({ annotations, template }: NetworkOptions): void {
  const expected = 'no annotation that adds networks, because NetworkPolicies do not apply to them';
  const given = Object.keys(annotations).find((name) => MORE_NETWORKS.test(name));
  if (given === undefined) return;
  if (template !== undefined && given in template.annotations)
    throw manifestError(template, { field: 'metadata.annotations', expected, given, permittedBy: OPEN });
  refuse('annotations', `expected ${expected}; given ${given}`, 'Remove the annotation');
}

function checkSources(options: NetworkOptions): void {
  const problem = findSource(options);
  if (options.template !== undefined && problem !== undefined) throw manifestError(options.template, problem);
}

/** Finds an `envFrom` source that may set the variables of the network test. The names of the source's variables are not known here. */
function findSource({ template, containerName }: Pick<PodOptions, 'template' | 'containerName'>): ManifestProblem | undefined {
  if (template === undefined) return undefined;
  for (const { container, field } of sandboxContainers({ template, containerName })) {
    const index = container.envFrom?.findIndex(({ prefix = '' }) => NAMES.some((name) => name.startsWith(prefix))) ?? -1;
    if (index < 0) continue;
    return {
      field: `${field}.envFrom[${index}]`,
      expected: `a prefix, so that no variable can be named ${NAMES.join(' or ')}; these contain the address for the network test`,
      given: 'none',
      advice: 'Set a prefix such as APP_, list the variables in env, or set network: "none" to start without the proof.',
    };
  }
  return undefined;
}

function sandboxContainers(options: {
  readonly template: NonNullable<PodOptions['template']>;
  readonly containerName: string;
}): { readonly container: V1Container; readonly field: string }[] {
  return containersOf(options.template.spec).filter(({ container }) => container.name === options.containerName);
}

function isOne({ name }: V1EnvVar): boolean {
  return NAMES.includes(name);
}

function refuse(field: 'env' | 'annotations', problem: string, advice: string): never {
  throw new SandpodError({
    code: 'invalid-options',
    message: `pod.${field}: ${problem}.`,
    advice: `${advice}, or set ${OPEN}.`,
    details: { field, permittedBy: OPEN },
  });
}
