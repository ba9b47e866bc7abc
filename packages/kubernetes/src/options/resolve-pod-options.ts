import { posix } from 'node:path';
import type { V1Container } from '@kubernetes/client-node';
import { SandpodError } from '@sandpod/core';
import { resolveOnce } from '@sandpod/core/backend';
import { checkPod, checkVolume } from './check-weaknesses.ts';
import { checkWorkspace } from './check-workspace.ts';
import { manifestError } from './manifest-source.ts';
import {
  DEFAULT_USER,
  type PodOptions,
  type PodSandboxProviderOptions,
  podSandboxProviderOptionsSchema,
  type ValidPodOptions,
} from './pod-options.ts';
import { type PodTemplate, readPodTemplate, readWorkspaceVolume } from './pod-template.ts';
import { resolveResources } from './resolve-resources.ts';
import { userContainer } from './user-container.ts';

const DEFAULT_IMAGE = 'python:3-slim';
const DEFAULT_CONTAINER = 'sandbox';

/**
 * Validates the options, reads the files that they refer to, and completes the options. Options override `podSpec`, and `podSpec` overrides
 * the defaults.
 *
 * @throws {SandpodError} `invalid-options`.
 */
export function resolvePodOptions(options: PodSandboxProviderOptions): PodOptions {
  const valid = resolveOnce(podSandboxProviderOptionsSchema, options, 'pod');
  const template = valid.podSpec === undefined ? undefined : readPodTemplate(valid.podSpec);
  const workspaceVolume = valid.volume === undefined ? undefined : readWorkspaceVolume(valid.volume);
  if (posix.isAbsolute(valid.workspacePath)) checkWorkspace(valid.workspacePath, valid.workspacePath);
  if (template !== undefined) checkPod(template, valid);
  if (workspaceVolume !== undefined) checkVolume(workspaceVolume, valid);
  const containerName = valid.containerName ?? onlyContainer(template) ?? DEFAULT_CONTAINER;
  const container = userContainer({ template, containerName });
  if (container === undefined && valid.containerName !== undefined) refuseMissing(template, containerName);
  return {
    ...valid,
    ...fromContainer(container, valid),
    ...resolveResources(container, { template, given: valid }),
    ...fromTemplate(template, valid),
    runAsUser: userOf(template, valid),
    givenRunAsUser: valid.runAsUser !== undefined,
    containerName,
    template,
    workspaceVolume,
  };
}

/** Rejects a `podSpec` for another namespace. @throws {SandpodError} `invalid-options`. */
export function checkNamespace({ template }: PodOptions, namespace: string): void {
  if (template?.namespace === undefined || template.namespace === namespace) return;
  throw manifestError(template, {
    field: 'metadata.namespace',
    expected: namespace,
    given: template.namespace,
    permittedBy: `namespace: "${template.namespace}"`,
  });
}

function fromContainer(
  container: V1Container | undefined,
  valid: ValidPodOptions,
): Pick<PodOptions, 'image' | 'imagePullPolicy' | 'command' | 'args'> {
  return {
    image: valid.image ?? container?.image ?? DEFAULT_IMAGE,
    imagePullPolicy: valid.imagePullPolicy ?? (container?.imagePullPolicy as PodOptions['imagePullPolicy']) ?? 'IfNotPresent',
    command: valid.command ?? container?.command,
    args: valid.args ?? (valid.command === undefined ? container?.args : undefined),
  };
}

function fromTemplate(
  template: PodTemplate | undefined,
  valid: ValidPodOptions,
): Pick<
  PodOptions,
  'podName' | 'labels' | 'annotations' | 'nodeSelector' | 'tolerations' | 'imagePullSecrets' | 'runtimeClassName' | 'serviceAccountName'
> {
  const { name, labels, annotations, spec = {} } = template ?? {};
  const secrets = (spec.imagePullSecrets ?? []).flatMap((secret) => secret.name ?? []);
  return {
    podName: valid.podName ?? name,
    labels: { ...labels, ...valid.labels },
    annotations: { ...annotations, ...valid.annotations },
    nodeSelector: { ...spec.nodeSelector, ...valid.nodeSelector },
    tolerations: [...(spec.tolerations ?? []), ...valid.tolerations],
    imagePullSecrets: [...new Set([...secrets, ...valid.imagePullSecrets])],
    runtimeClassName: valid.runtimeClassName ?? spec.runtimeClassName,
    serviceAccountName: valid.serviceAccountName ?? spec.serviceAccountName,
  };
}

/** Returns the name of the container if `podSpec` has only one container. */
function onlyContainer(template: PodTemplate | undefined): string | undefined {
  const [first, ...others] = template?.spec.containers ?? [];
  return others.length === 0 ? first?.name : undefined;
}

function userOf(template: PodTemplate | undefined, { runAsUser, runAsRoot }: ValidPodOptions): number {
  if (runAsUser === 0 && !runAsRoot) {
    const message = 'pod.runAsUser: expected a number above 0, given 0; only the option runAsRoot: true permits it.';
    throw new SandpodError({ code: 'invalid-options', message, details: { field: 'runAsUser', permittedBy: 'runAsRoot: true' } });
  }
  return runAsUser ?? template?.spec.securityContext?.runAsUser ?? (runAsRoot ? 0 : DEFAULT_USER);
}

function refuseMissing(template: PodTemplate | undefined, containerName: string): void {
  const names = (template?.spec.containers ?? []).map(({ name }) => name);
  if (template === undefined || names.length === 0) return;
  throw manifestError(template, {
    field: 'spec.containers',
    expected: `a container named ${JSON.stringify(containerName)}, which is the containerName`,
    given: names.join(', '),
  });
}
