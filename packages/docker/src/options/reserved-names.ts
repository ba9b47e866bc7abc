/** The prefix of label names that only sandpod sets. */
export const LABEL_PREFIX = 'sandpod.';

/**
 * A file system in memory that only the keeper's user can read and write. It contains the programs for the launchers and the container's
 * expiry, so guest programs cannot change the expiry.
 */
export const KEEPER_DIRECTORY = '/.sandpod';

/** The directory for copies of `sh` and `dd` that all users can execute but not read. */
export const HIDDEN_SHELL_DIRECTORY = '/.sandpod/bin';
