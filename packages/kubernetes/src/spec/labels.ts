/** Labels of everything that this package makes. */
export const LABEL = {
  managedBy: 'app.kubernetes.io/managed-by',
  id: 'sandpod.dev/id',
  /** What the deny-all policy selects. */
  network: 'sandpod.dev/network',
} as const;

export const MANAGED_BY = 'sandpod';

/** When a sandbox expires, as an annotation: milliseconds since the epoch. */
export const EXPIRES_ANNOTATION = 'sandpod.dev/expires';

/** A selector of all that is ours. */
export const OURS = `${LABEL.managedBy}=${MANAGED_BY}`;

/** The labels of a sandbox's objects; the caller's can never match or replace ours. */
export function labelsOf(options: { readonly id: string; readonly labels: Readonly<Record<string, string>>; readonly isClosed: boolean }): Record<string, string> {
  const theirs = Object.entries(options.labels).filter(([name]) => name !== LABEL.managedBy && !name.startsWith('sandpod.dev/'));
  return {
    ...Object.fromEntries(theirs),
    [LABEL.managedBy]: MANAGED_BY,
    [LABEL.id]: options.id,
    [LABEL.network]: options.isClosed ? 'closed' : 'open',
  };
}
