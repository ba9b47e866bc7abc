import type { BackendDefinition } from '@sandpod/core/backend';
import { loadBackend } from '@sandpod/sandpod';
import type { BackendChoice } from '../arguments/backend-flags.ts';
import { UsageError } from '../arguments/usage-error.ts';

/** Loads the chosen back end. Throws a `UsageError` for flags that the back end would ignore. */
export async function loadBackendFor({ on, backendOptions }: BackendChoice): Promise<BackendDefinition> {
  const definition = await loadBackend(on);
  const known = Object.keys(definition.optionsSchema.shape);
  const unknown = Object.keys(backendOptions).find((name) => !known.includes(name));
  if (unknown === undefined) return definition;
  throw new UsageError(
    `The back end "${on}" does not support --${unknown}.`,
    `Omit --${unknown}, or choose a back end that supports it with --on.`,
  );
}
