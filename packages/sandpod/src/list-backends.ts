import { BACKENDS, type BackendListing, type ListedName } from './backends.ts';

/** A back end in the result of {@link listBackends}. */
export interface BackendInfo {
  readonly name: ListedName;
  readonly package: string;
  /** Other names of the back end. */
  readonly aliases: readonly string[];
  readonly description: string;
}

/** Lists the back ends that `createExecutor` accepts, in the order of the registry. Loads no packages. */
export function listBackends(): readonly BackendInfo[] {
  const listings: readonly (readonly [string, BackendListing])[] = Object.entries(BACKENDS);
  return listings.map(([name, listing]) => ({
    name: name as ListedName,
    package: listing.package,
    aliases: listing.aliases ?? [],
    description: listing.description,
  }));
}
