/** Only sandpod sets labels whose names begin with this. */
export const LABEL_PREFIX = 'sandpod.';

/**
 * A file system in memory in which only the keeper's user can read and write. It holds the container's end, so that guest programs cannot move
 * it, and programs for the launchers.
 */
export const KEEPER_DIRECTORY = '/.sandpod';

/** Copies of `sh` and `dd` that every user can execute and none can read. */
export const HIDDEN_SHELL_DIRECTORY = '/.sandpod/bin';
