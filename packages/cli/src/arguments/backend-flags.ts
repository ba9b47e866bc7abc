import type { ParseArgsOptionsConfig } from 'node:util';

/** A back end and its options, as chosen on the command line. */
export interface BackendChoice {
  /** The name of a back end in the registry. */
  readonly on: string;
  /** Options that only some back ends support, under the back end's names for them. Options that were not set are absent. */
  readonly backendOptions: Readonly<Record<string, string>>;
}

/** Flags that only some back ends support. */
const BACKEND_FLAGS = ['image', 'namespace'] as const;

/** Flags of every command that uses a back end. */
export const CHOICE_FLAGS = {
  on: { type: 'string' },
  image: { type: 'string' },
  namespace: { type: 'string', short: 'n' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsOptionsConfig;

/** Chooses the back end from the flags, then from `SANDPOD_ON`, then the default `embedded`. */
export function choiceOf(
  values: Readonly<{ on?: string | undefined; image?: string | undefined; namespace?: string | undefined }>,
  env: Readonly<Record<string, string | undefined>>,
): BackendChoice {
  const given = BACKEND_FLAGS.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]] as const]));
  return { on: values.on ?? (env['SANDPOD_ON'] || 'embedded'), backendOptions: Object.fromEntries(given) };
}
