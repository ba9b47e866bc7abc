import { posix } from 'node:path';
import { type Description, sanitizeTerminalText } from '@sandpod/core';
import { imageEnvironment } from '@sandpod/launcher';
import type { KubeSettings } from '../client/kube-settings.ts';
import { outlivesPod, volumeAt } from '../manifest/workspace-volume.ts';
import { mayRedirectTest } from '../options/check-network.ts';
import type { PodOptions } from '../options/pod-options.ts';
import { templateWeaknesses } from '../options/template-weaknesses.ts';
import { userContainer } from '../options/user-container.ts';
import { weaknessesOf } from '../options/weaknesses-of.ts';
import type { NetworkProof } from '../sandbox/prove-closed.ts';

/** Returns the description of a provider: its cluster, its weaknesses, and the changes to `podSpec`. */
export function describeProvider(
  options: PodOptions,
  found: {
    readonly settings: Pick<KubeSettings, 'server' | 'source'>;
    readonly namespace: string;
    readonly version: string | undefined;
    readonly proof: NetworkProof | undefined;
    /** The values of the API server's `Warning` headers. */
    readonly warnings: readonly string[];
  },
): Description {
  const { settings, namespace, version, proof, warnings } = found;
  return {
    backend: 'pod',
    versions: version === undefined ? {} : { kubernetes: version },
    weaknesses: allWeaknesses(options, proof),
    notes: [
      `The cluster is ${settings.server}, from ${settings.source}; the namespace is ${namespace}.`,
      `Pods are created from the image ${options.image}.`,
      ...replacements(options),
      ...warnings.map((warning) => `The API server warns: ${textOf(warning)}`),
    ],
    environment: imageEnvironment({ isClosed: options.network !== 'open', limits: options.limits }),
  };
}

/** Returns a sentence for each protection that is weaker than the default or not proven. */
function allWeaknesses(options: PodOptions, proof: NetworkProof | undefined): string[] {
  const { autoRemove, expiresInMs, workspaceVolume, workspacePath } = options;
  const volume = volumeAt(options, posix.resolve('/', workspacePath));
  const option = workspaceVolume === undefined ? 'podSpec' : 'volume';
  return [
    ...networkWeaknesses(options, proof),
    ...weaknessesOf(options),
    ...templateWeaknesses(options),
    ...(volume !== undefined && outlivesPod(volume)
      ? [`The workspace is the volume ${volume.name}, whose content outlives the pod (${option}).`]
      : []),
    ...(expiresInMs === null ? ['Sandboxes never expire: each stays until it is removed (expiresInMs).'] : []),
    ...(autoRemove === false ? ['The pod is kept until it expires (autoRemove).'] : []),
  ];
}

function networkWeaknesses(options: PodOptions, proof: NetworkProof | undefined): string[] {
  if (options.network === 'open') return ['The network is open: no NetworkPolicy restricts the pods.'];
  if (proof === 'open')
    return ['The pods can reach the network: the cluster does not enforce the NetworkPolicy, or another policy opens it.'];
  if (proof === 'unknown' && mayRedirectTest(options))
    return ['It is unknown whether the network is closed: envFrom in podSpec may set the address that the pod tests (set a prefix).'];
  if (proof === 'unknown')
    return ['It is unknown whether the network is closed: the image has no python3, nc or bash, or connections were refused.'];
  return [];
}

/** Returns a sentence for each field of `podSpec` that sandpod changed. */
function replacements(options: PodOptions): string[] {
  const { template, workspacePath } = options;
  if (template === undefined) return [];
  const { restartPolicy, enableServiceLinks, terminationGracePeriodSeconds, activeDeadlineSeconds } = template.spec;
  const { workingDir, restartPolicy: ofContainer } = userContainer(options) ?? {};
  const all: [string, unknown, unknown][] = [
    ['restartPolicy', restartPolicy, 'Never'],
    ['restartPolicy of the sandbox container', ofContainer, 'Never'],
    ['enableServiceLinks', enableServiceLinks, false],
    ['terminationGracePeriodSeconds', terminationGracePeriodSeconds, 1],
    ['workingDir of the sandbox container', workingDir, workspacePath],
  ];
  const replaced = all
    .filter(([, given, ours]) => given !== undefined && given !== ours)
    .map(([field, given, ours]) => `podSpec: ${field} is ${ours} instead of ${given}.`);
  return [
    ...replaced,
    ...(activeDeadlineSeconds === undefined ? [] : ['podSpec: activeDeadlineSeconds ends the pod even if the sandbox expires later.']),
  ];
}

/** Returns the text in a `Warning` header, for example in `299 - "would violate PodSecurity"`. */
function textOf(warning: string): string {
  const [, text] = /^\d+ \S+ "(.*)"$/.exec(warning) ?? [];
  return sanitizeTerminalText(text?.replaceAll('\\"', '"') ?? warning);
}
