/**
 * The prefix of container names that contain a caller's name. Neither ids nor callers' names contain an underscore, so such a container
 * name cannot clash with a container name that contains an id.
 */
const NAMED_PREFIX = 'sandpod_';

/** Returns the name of a sandbox's container. The name is derived from the caller's name or, if the caller set no name, from the id. */
export function containerNameOf({ id, name }: { readonly id: string; readonly name?: string | undefined }): string {
  return name === undefined ? `sandpod-${id}` : `${NAMED_PREFIX}${name}`;
}

/**
 * Extracts the caller's name from a container's name, which may have a leading slash, as in Docker's responses. Returns undefined if the
 * container's name contains no caller's name.
 */
export function callerNameIn(containerName: string): string | undefined {
  const name = containerName.replace(/^\//, '');
  return name.startsWith(NAMED_PREFIX) ? name.slice(NAMED_PREFIX.length) : undefined;
}
