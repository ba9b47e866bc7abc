import { isReservedName, MANAGED_BY_LABEL } from '../options/reserved-names.ts';

/** Labels of all objects that this package creates. */
export const LABEL = {
  managedBy: MANAGED_BY_LABEL,
  id: 'sandpod.dev/id',
  /** The purpose of an object: a value in {@link ROLE}. This label prevents a Job that runs code from being mistaken for a lease. */
  role: 'sandpod.dev/role',
  /** The caller's name for the sandbox. Only the lease and the object that reserves the name have this label. */
  name: 'sandpod.dev/name',
  /** `true` on the lease of a sandbox that has no owner yet. */
  claimable: 'sandpod.dev/claimable',
  /** `closed` on pods that the deny-all policy selects. */
  network: 'sandpod.dev/network',
} as const;

export const MANAGED_BY = 'sandpod';

export const ANNOTATION = {
  /** Identifies the claim that took the sandbox. Only a lease has this label. */
  claim: 'sandpod.dev/claim',
  /** Distinguishes the objects of one start from other objects with the same name. */
  attempt: 'sandpod.dev/attempt',
  /** A digest of the options with which a pod was created. A kept pod is reused only if the digest matches. */
  fingerprint: 'sandpod.dev/fingerprint',
  /** The annotation with which Kubernetes marks the container that commands use by default. */
  container: 'kubectl.kubernetes.io/default-container',
} as const;

/** The roles of objects that sandpod creates. */
export const ROLE = {
  /** The Job that owns everything that belongs to a sandbox. */
  lease: 'lease',
  /** The Job that reserves a sandbox name chosen by the caller. */
  name: 'name',
  /** The pod in which programs run. */
  sandbox: 'sandbox',
} as const;

/** Returns a label selector for the objects with this role, in all sandboxes. */
export function selectorOf(role: keyof typeof ROLE): string {
  return `${LABEL.managedBy}=${MANAGED_BY},${LABEL.id},${LABEL.role}=${ROLE[role]}`;
}

/** The prefix for a sandbox's labels. With this prefix, every valid sandbox label is a valid Kubernetes label. */
const SANDBOX_LABEL_PREFIX = 'labels.sandpod.dev/';

/** Extends a label selector, so that it matches only sandboxes that have all of these labels. */
export function withLabels(selector: string, labels: Readonly<Record<string, string>> = {}): string {
  return [selector, ...Object.entries(labels).map(([key, value]) => `${SANDBOX_LABEL_PREFIX}${key}=${value}`)].join(',');
}

/** Extracts the labels with which a sandbox was created from the labels of one of its objects. */
export function sandboxLabelsOf(labels: Readonly<Record<string, string>> = {}): Record<string, string> {
  const own = Object.entries(labels).filter(([name]) => name.startsWith(SANDBOX_LABEL_PREFIX));
  return Object.fromEntries(own.map(([name, value]) => [name.slice(SANDBOX_LABEL_PREFIX.length), value]));
}

/** Returns the labels for a sandbox's objects. The caller's labels cannot imitate or replace sandpod's labels. */
export function labelsOf(options: {
  readonly id: string;
  /** Labels for Kubernetes. */
  readonly objectLabels: Readonly<Record<string, string>>;
  /** Labels of the sandbox. */
  readonly sandboxLabels: Readonly<Record<string, string>>;
  readonly isClosed: boolean;
}): Record<string, string> {
  const sandboxLabels = Object.entries(options.sandboxLabels).map(([key, value]) => [`${SANDBOX_LABEL_PREFIX}${key}`, value]);
  return {
    ...withoutReserved(options.objectLabels),
    ...Object.fromEntries(sandboxLabels),
    [LABEL.managedBy]: MANAGED_BY,
    [LABEL.id]: options.id,
    [LABEL.network]: options.isClosed ? 'closed' : 'open',
  };
}

export function withoutReserved(names: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(names).filter(([name]) => !isReservedName(name)));
}
