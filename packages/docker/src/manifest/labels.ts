/** The labels that sandpod sets on each container. */
export const LABEL = {
  managed: 'sandpod.managed',
  id: 'sandpod.id',
  /**
   * The first expiry, in milliseconds since the epoch, or `never`. Labels cannot change, so the current expiry of a running container must
   * be read from its keeper.
   */
  expires: 'sandpod.expires',
  /** The user that runs programs. */
  user: 'sandpod.user',
  /** Fingerprint of the options that the container was created with. */
  options: 'sandpod.options',
  /** `true` if the container was created to be claimed. The keeper stores whether it has been claimed. */
  claimable: 'sandpod.claimable',
} as const;

/** The prefix under which the labels from `create({ labels })` are stored. */
const CALLER_PREFIX = 'sandpod.label.';

type Labels = Readonly<Record<string, string>>;

/** Converts a caller's labels to container labels. */
export function storedLabels(labels: Labels = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).map(([key, value]) => [`${CALLER_PREFIX}${key}`, value]));
}

/** Extracts the caller's labels from the labels of a container. */
export function callerLabels(labels: Labels): Record<string, string> {
  const own = Object.entries(labels).filter(([key]) => key.startsWith(CALLER_PREFIX));
  return Object.fromEntries(own.map(([key, value]) => [key.slice(CALLER_PREFIX.length), value]));
}

/** Returns the first expiry of a container; undefined means never. */
export function labelledExpiry(labels: Labels): number | undefined {
  const expiresMs = Number(labels[LABEL.expires]);
  return Number.isFinite(expiresMs) ? expiresMs : undefined;
}
