import { isReservedName, MANAGED_BY_LABEL } from '../options/reserved-names.ts';

/** Labels of everything that this package makes. */
export const LABEL = {
  managedBy: MANAGED_BY_LABEL,
  id: 'sandpod.dev/id',
  /** What an object is for, one of {@link ROLE}: a Job that runs code is never taken for a lease. */
  role: 'sandpod.dev/role',
  /** What the deny-all policy selects. */
  network: 'sandpod.dev/network',
} as const;

export const MANAGED_BY = 'sandpod';

export const ANNOTATION = {
  /** When a sandbox expires, in milliseconds since the epoch. */
  expires: 'sandpod.dev/expires',
  /** Tells the objects of one start from others of the same name. */
  attempt: 'sandpod.dev/attempt',
  /** A digest of the options that a pod was created from; a kept pod is used again only if it matches. */
  fingerprint: 'sandpod.dev/fingerprint',
  /** Kubernetes' own name for the container that is meant when none is named. */
  container: 'kubectl.kubernetes.io/default-container',
} as const;

/** What objects of sandpod are for. */
export const ROLE = {
  /** The Job that owns everything that belongs to a sandbox. */
  lease: 'lease',
  /** The pod in which programs run. */
  sandbox: 'sandbox',
} as const;

/** A label selector for the objects of all sandboxes that have this role. */
export function selectorOf(role: keyof typeof ROLE): string {
  return `${LABEL.managedBy}=${MANAGED_BY},${LABEL.id},${LABEL.role}=${ROLE[role]}`;
}

/** The labels of a sandbox's objects; the caller's can never match or replace ours. */
export function labelsOf(options: {
  readonly id: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly isClosed: boolean;
}): Record<string, string> {
  return {
    ...withoutOurs(options.labels),
    [LABEL.managedBy]: MANAGED_BY,
    [LABEL.id]: options.id,
    [LABEL.network]: options.isClosed ? 'closed' : 'open',
  };
}

export function withoutOurs(names: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(names).filter(([name]) => !isReservedName(name)));
}
