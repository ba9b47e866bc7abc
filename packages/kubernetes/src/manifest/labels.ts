import { isReservedName, MANAGED_BY_LABEL } from '../options/reserved-names.ts';

/** Labels of all objects that this package creates. */
export const LABEL = {
  managedBy: MANAGED_BY_LABEL,
  id: 'sandpod.dev/id',
  /** What an object is for, one of {@link ROLE}: a Job that runs code is never taken for a lease. */
  role: 'sandpod.dev/role',
  /** The caller's name for the sandbox; only on the lease and on the object that reserves the name. */
  name: 'sandpod.dev/name',
  /** `true` on the lease of a sandbox that has no owner yet. */
  claimable: 'sandpod.dev/claimable',
  /** `closed` on pods that the deny-all policy selects. */
  network: 'sandpod.dev/network',
} as const;

export const MANAGED_BY = 'sandpod';

export const ANNOTATION = {
  /** The claim that took a sandbox, on its lease. */
  claim: 'sandpod.dev/claim',
  /** Distinguishes the objects of one start from others of the same name. */
  attempt: 'sandpod.dev/attempt',
  /** A digest of the options that a pod was created from; a kept pod is used again only if it matches. */
  fingerprint: 'sandpod.dev/fingerprint',
  /** Kubernetes' annotation for the container that commands use by default. */
  container: 'kubectl.kubernetes.io/default-container',
} as const;

/** The roles of objects that sandpod creates. */
export const ROLE = {
  /** The Job that owns everything that belongs to a sandbox. */
  lease: 'lease',
  /** The Job that reserves a caller's name. */
  name: 'name',
  /** The pod in which programs run. */
  sandbox: 'sandbox',
} as const;

/** A label selector for the objects of all sandboxes that have this role. */
export function selectorOf(role: keyof typeof ROLE): string {
  return `${LABEL.managedBy}=${MANAGED_BY},${LABEL.id},${LABEL.role}=${ROLE[role]}`;
}

/** The prefix of a sandbox's labels. Behind it, every valid label of a sandbox is a valid label of Kubernetes. */
const SANDBOX_LABEL_PREFIX = 'labels.sandpod.dev/';

/** A label selector for sandboxes that have all of these labels. */
export function withLabels(selector: string, labels: Readonly<Record<string, string>> = {}): string {
  return [selector, ...Object.entries(labels).map(([key, value]) => `${SANDBOX_LABEL_PREFIX}${key}=${value}`)].join(',');
}

/** The labels that a sandbox was created with. */
export function sandboxLabelsOf(labels: Readonly<Record<string, string>> = {}): Record<string, string> {
  const own = Object.entries(labels).filter(([name]) => name.startsWith(SANDBOX_LABEL_PREFIX));
  return Object.fromEntries(own.map(([name, value]) => [name.slice(SANDBOX_LABEL_PREFIX.length), value]));
}

/** The labels of a sandbox's objects; the caller's cannot match or replace sandpod's own. */
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
