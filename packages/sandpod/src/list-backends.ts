import type { BackendName } from './backend-options.ts';
import { BACKENDS } from './backends.ts';

/** One back end in a menu. */
export interface BackendInfo {
  readonly name: BackendName;
  readonly package: string;
  readonly description: string;
}

/** Every back end that `createExecutor` knows, in the order of the registry. Loads nothing. */
export function listBackends(): readonly BackendInfo[] {
  return Object.entries(BACKENDS).map(([name, listing]) => ({
    name: name as BackendName,
    package: listing.package,
    description: listing.description,
  }));
}
