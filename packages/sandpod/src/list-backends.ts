import type { BackendName } from './backend-options.ts';
import { BACKENDS } from './backends.ts';

/** A back end in the result of {@link listBackends}. */
export interface BackendInfo {
  readonly name: BackendName;
  readonly package: string;
  readonly description: string;
}

/** Lists the back ends that `createExecutor` accepts, in the order of the registry. Loads no packages. */
export function listBackends(): readonly BackendInfo[] {
  return Object.entries(BACKENDS).map(([name, listing]) => ({
    name: name as BackendName,
    package: listing.package,
    description: listing.description,
  }));
}
