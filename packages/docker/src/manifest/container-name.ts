/** Neither ids nor callers' names contain an underscore, so the two kinds of container names cannot clash. */
const NAMED_PREFIX = 'sandpod_';

/** The name of a sandbox's container, derived from the caller's name if there is one, else from the id. */
export function containerNameOf({ id, name }: { readonly id: string; readonly name?: string | undefined }): string {
  return name === undefined ? `sandpod-${id}` : `${NAMED_PREFIX}${name}`;
}

/** Returns the caller's name in a container's name, which Docker reports with a leading slash. Returns undefined if it contains none. */
export function callerNameIn(containerName: string): string | undefined {
  const name = containerName.replace(/^\//, '');
  return name.startsWith(NAMED_PREFIX) ? name.slice(NAMED_PREFIX.length) : undefined;
}
