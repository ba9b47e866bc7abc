import type { BackendDefinition } from '@sandpod/core/backend';
import type { BackendChoice } from '../arguments/backend-flags.ts';
import { optionOf } from '../arguments/backend-flags.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { findBackend } from './find-backend.ts';

/** Limits that a back end accepts, but does not enforce. */
const NOT_ENFORCED: Readonly<Record<string, readonly string[]>> = { embedded: ['cpus'] };

/** Loads the chosen back end. Throws a `UsageError` for flags that the back end would ignore. */
export async function loadBackendFor({ on, backendFlags }: BackendChoice): Promise<BackendDefinition> {
  const definition = await findBackend(on);
  const known = Object.keys(definition.optionsSchema.shape);
  const unknown = backendFlags.find((flag) => !known.includes(optionOf(flag)) || NOT_ENFORCED[definition.name]?.includes(flag));
  if (unknown === undefined) return definition;
  throw new UsageError(
    `The back end "${on}" does not support --${unknown}.`,
    `Omit --${unknown}, or choose a back end that supports it with --on.`,
  );
}
