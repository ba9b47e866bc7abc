import { randomBytes } from 'node:crypto';
import { type Finding, SandpodError } from '@sandpod/core';
import { probeSystemCalls } from '@sandpod/core/backend';
import { KubeClient } from './client/kube-client.ts';
import { KubeError } from './client/kube-error.ts';
import { loadKubeSettings } from './client/kube-settings.ts';
import { PodSandboxProvider } from './lifecycle/pod-sandbox-provider.ts';
import { POD_RULES } from './manifest/role.ts';
import type { PodOptions, PodSandboxProviderOptions } from './options/pod-options.ts';
import { resolvePodOptions } from './options/resolve-pod-options.ts';

const NETWORK_ADVICE = 'Install a network plugin that enforces NetworkPolicies. Until then, network "require-none" makes each start fail.';

const CALLS_ADVICE =
  'Update the container runtime of the nodes, set runtimeClassName to gVisor, or set a Localhost seccomp profile in podSpec.';

interface Review {
  readonly status?: { readonly allowed?: boolean; readonly reason?: string };
}

interface NamedList {
  readonly items: readonly { readonly metadata?: { readonly name?: string } }[];
}

/** Checks whether the cluster can be used, which permissions are granted, and which protections the cluster can enforce. */
export async function* diagnoseKubernetes(options: PodSandboxProviderOptions): AsyncGenerator<Finding, void, void> {
  const valid = resolvePodOptions(options);
  let client: KubeClient;
  try {
    client = new KubeClient(loadKubeSettings(options));
  } catch (error) {
    yield failed('configuration', error);
    return;
  }
  using _ = client;
  yield { subject: 'configuration', state: 'ok', message: `${client.settings.server}, from ${client.settings.source}.` };
  try {
    const { gitVersion } = await client.json<{ gitVersion: string }>({
      call: { verb: 'get', group: '', version: '', resource: 'version', path: '/version' },
    });
    yield { subject: 'cluster', state: 'ok', message: `Kubernetes ${gitVersion}.` };
    const namespace = valid.namespace ?? client.settings.namespace ?? 'default';
    const rights = await rightsIn(client, namespace);
    yield rights;
    yield await runtimeClasses(client, valid);
    if (rights.state === 'ok') yield* tryPod(options, valid);
    yield {
      subject: 'processes',
      state: 'warning',
      message: 'A pod cannot limit its number of processes. Only the nodes can, and the API does not show whether they do.',
      advice: "Set podPidsLimit in the kubelet's configuration to confine a fork bomb to its pod.",
    };
  } catch (error) {
    yield failed('cluster', error);
  }
}

/** Starts a pod, tests it, and removes it. Only a real start shows whether a pod can start and whether its network is closed. */
async function* tryPod(options: PodSandboxProviderOptions, { image, network }: PodOptions): AsyncGenerator<Finding, void, void> {
  // A separate name, because a kept pod with the configured name, or with the name in podSpec, must not be touched.
  const podName = `sandpod-doctor-${randomBytes(4).toString('hex')}`;
  await using provider = new PodSandboxProvider({ ...options, podName, autoRemove: true });
  const known = provider.describe().weaknesses;
  const startedMs = performance.now();
  let calls: Finding;
  let tookMs: number;
  try {
    await using sandbox = await provider.create();
    tookMs = Math.round(performance.now() - startedMs);
    calls = await probeSystemCalls(sandbox, { advice: CALLS_ADVICE });
  } catch (error) {
    yield failed('pod', error);
    return;
  }
  yield { subject: 'pod', state: 'ok', message: `A pod with the image ${image} started within ${tookMs} ms and was removed.` };
  yield networkFinding(
    network,
    provider.describe().weaknesses.find((sentence) => !known.includes(sentence)),
  );
  yield calls;
}

/**
 * Returns the finding about the network. `problem` is a weakness that was found only during the start; such a weakness concerns the
 * network.
 */
function networkFinding(network: PodOptions['network'], problem: string | undefined): Finding {
  const subject = 'network';
  if (network === 'open')
    return { subject, state: 'warning', message: 'The network is open because of the option network.', advice: 'Set network to "none".' };
  if (problem !== undefined) return { subject, state: 'warning', message: problem, advice: NETWORK_ADVICE };
  return { subject, state: 'ok', message: 'A test inside the pod found that its network is closed.' };
}

async function rightsIn(client: KubeClient, namespace: string): Promise<Finding> {
  const wanted = POD_RULES.flatMap(({ apiGroups, resources, verbs }) =>
    verbs.map((verb) => ({ group: apiGroups[0], resource: resources[0], verb })),
  );
  const missing: string[] = [];
  for (const { group, resource, verb } of wanted) {
    const [name, subresource] = resource.split('/');
    const body = {
      kind: 'SelfSubjectAccessReview',
      apiVersion: 'authorization.k8s.io/v1',
      spec: { resourceAttributes: { namespace, group, resource: name, subresource, verb } },
    };
    const call = { verb: 'create', group: 'authorization.k8s.io', version: 'v1', resource: 'selfsubjectaccessreviews' } as const;
    const review = await client.json<Review>({ call, body });
    if (review.status?.allowed !== true) missing.push(`${verb} ${resource}`);
  }
  if (missing.length === 0)
    return { subject: 'rights', state: 'ok', message: `All required permissions in namespace ${namespace} are granted.` };
  return {
    subject: 'rights',
    state: 'error',
    message: `In namespace ${namespace}, these permissions are missing: ${missing.join(', ')}.`,
    advice: `sandpod rbac pod --namespace ${namespace} | kubectl apply -f -`,
  };
}

async function runtimeClasses(client: KubeClient, options: PodOptions): Promise<Finding> {
  const subject = 'runtime class';
  try {
    const call = { verb: 'list', group: 'node.k8s.io', version: 'v1', resource: 'runtimeclasses' } as const;
    const names = (await client.json<NamedList>({ call })).items.map(({ metadata }) => metadata?.name ?? '');
    const { runtimeClassName } = options;
    if (runtimeClassName !== undefined && !names.includes(runtimeClassName)) {
      return {
        subject,
        state: 'error',
        message: `The cluster has no class ${runtimeClassName}; it has ${names.join(', ') || 'none'}.`,
        advice: 'Install the class, or set runtimeClassName to another class.',
      };
    }
    if (names.length > 0) return { subject, state: 'ok', message: `The cluster has ${names.join(', ')}.` };
    return {
      subject,
      state: 'warning',
      message: 'The cluster has no runtime class.',
      advice: 'For untrusted code, install gVisor or Kata and set runtimeClassName.',
    };
  } catch (error) {
    if (!(error instanceof KubeError && error.status === 403)) throw error;
    return {
      subject,
      state: 'warning',
      message: 'Listing runtime classes is not permitted.',
      advice: 'Ask an administrator which runtime classes exist.',
    };
  }
}

function failed(subject: string, error: unknown): Finding {
  if (!SandpodError.isInstance(error)) throw error;
  return { subject, state: 'error', message: error.message, advice: error.advice };
}
