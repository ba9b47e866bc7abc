/** Labels of everything that this package makes. */
export const LABEL = {
  managedBy: 'app.kubernetes.io/managed-by',
  id: 'sandpod.dev/id',
  /** What the deny-all policy selects. */
  network: 'sandpod.dev/network',
} as const;

export const MANAGED_BY = 'sandpod';

export const ANNOTATION = {
  /** When a sandbox expires, in milliseconds since the epoch. */
  expires: 'sandpod.dev/expires',
  /** Tells the objects of one start from others of the same name. */
  attempt: 'sandpod.dev/attempt',
  /** A digest of what a pod was made from, so that one found by its name is known to be as asked for. */
  design: 'sandpod.dev/design',
  /** Kubernetes' own name for the container that is meant when none is named. */
  container: 'kubectl.kubernetes.io/default-container',
} as const;

/** A selector of all sandboxes that are ours. */
export const OURS = `${LABEL.managedBy}=${MANAGED_BY},${LABEL.id}`;

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
  return Object.fromEntries(Object.entries(names).filter(([name]) => name !== LABEL.managedBy && !name.startsWith('sandpod.dev/')));
}
