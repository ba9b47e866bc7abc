import type { ParseArgsOptionsConfig } from 'node:util';
import type { BackendChoice } from '../commands/load-backend-for.ts';

/** The flags that mean something on some back ends only. */
const BACKEND_FLAGS = ['image', 'namespace'] as const;

/** What chooses a back end, on every command that has one. */
export const CHOICE_FLAGS = {
  on: { type: 'string' },
  image: { type: 'string' },
  namespace: { type: 'string', short: 'n' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsOptionsConfig;

/** The back end that the flags, else the environment, else the default name. */
export function choiceOf(
  values: Readonly<{ on?: string | undefined; image?: string | undefined; namespace?: string | undefined }>,
  env: Readonly<Record<string, string | undefined>>,
): BackendChoice {
  const given = BACKEND_FLAGS.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]] as const]));
  return { on: values.on ?? (env['SANDPOD_ON'] || 'embedded'), backendOptions: Object.fromEntries(given) };
}
