/** Only sandpod sets labels whose names begin with this. */
export const LABEL_PREFIX = 'sandpod.';

/** A file system in memory that only the keeper's user can enter. It holds the container's end, so that guest programs cannot move it. */
export const KEEPER_DIRECTORY = '/.sandpod';
