/** Neither ids nor callers' names have an underscore, so that the two kinds of container names cannot clash. */
const NAMED_PREFIX = 'sandpod_';

/** The name of a sandbox's container: derived from the caller's name where there is one, else from the id. */
export function containerNameOf({ id, name }: { readonly id: string; readonly name?: string | undefined }): string {
  return name === undefined ? `sandpod-${id}` : `${NAMED_PREFIX}${name}`;
}

/** The caller's name in a container's name, which Docker reports with a slash in front; undefined where there is none. */
export function callerNameIn(containerName: string): string | undefined {
  const name = containerName.replace(/^\//, '');
  return name.startsWith(NAMED_PREFIX) ? name.slice(NAMED_PREFIX.length) : undefined;
}
