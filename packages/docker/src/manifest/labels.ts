/** Labels of everything that this package makes. */
export const LABEL = {
  managed: 'sandpod.managed',
  id: 'sandpod.id',
  /** Milliseconds since the epoch. */
  expires: 'sandpod.expires',
  /** Who runs programs. */
  user: 'sandpod.user',
  /** Fingerprint of the options that the container was made with. */
  options: 'sandpod.options',
} as const;

/** Label names that begin with this are ours alone. */
export const LABEL_PREFIX = 'sandpod.';
