/** Labels of every container that sandpod creates. */
export const LABEL = {
  managed: 'sandpod.managed',
  id: 'sandpod.id',
  /** The first expiry, in milliseconds since the epoch, or `never`. Labels cannot change: a running container's keeper has the true one. */
  expires: 'sandpod.expires',
  /** The user that runs programs. */
  user: 'sandpod.user',
  /** Fingerprint of the options that the container was created with. */
  options: 'sandpod.options',
  /** `true`: created to be claimed. The keeper has whether that has happened. */
  claimable: 'sandpod.claimable',
} as const;

/** The labels of `create({ labels })` are stored under this prefix. */
const CALLER_PREFIX = 'sandpod.label.';

type Labels = Readonly<Record<string, string>>;

/** A caller's labels as labels of a container. */
export function storedLabels(labels: Labels = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).map(([key, value]) => [`${CALLER_PREFIX}${key}`, value]));
}

/** The caller's labels among those of a container. */
export function callerLabels(labels: Labels): Record<string, string> {
  const own = Object.entries(labels).filter(([key]) => key.startsWith(CALLER_PREFIX));
  return Object.fromEntries(own.map(([key, value]) => [key.slice(CALLER_PREFIX.length), value]));
}

/** The first expiry of a container; undefined: never. */
export function labelledExpiry(labels: Labels): number | undefined {
  const expiresMs = Number(labels[LABEL.expires]);
  return Number.isFinite(expiresMs) ? expiresMs : undefined;
}
