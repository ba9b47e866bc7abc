import type { BackendDefinition } from '@sandpod/core/backend';
import { loadBackend } from '@sandpod/sandpod';
import { UsageError } from '../arguments/usage-error.ts';

export interface BackendChoice {
  /** A name that the registry knows. */
  readonly on: string;
  /** Options that only some back ends know, by their name there; those not given are absent. */
  readonly backendOptions: Readonly<Record<string, string>>;
}

/** Loads the back end of `--on`; refuses flags that it would have to ignore. */
export async function loadBackendFor({ on, backendOptions }: BackendChoice): Promise<BackendDefinition> {
  const definition = await loadBackend(on);
  const known = Object.keys(definition.optionsSchema.shape);
  const stranger = Object.keys(backendOptions).find((name) => !known.includes(name));
  if (stranger === undefined) return definition;
  throw new UsageError(
    `--${stranger} means nothing to the back end "${on}", which has no ${stranger}.`,
    'Leave it out, or choose a back end that has one, with --on.',
  );
}
