import type { ParseArgsOptionsConfig } from 'node:util';
import { parseNumber } from './parse-number.ts';
import { parseSize } from './parse-size.ts';

/** A back end and its options, as chosen on the command line. */
export interface BackendChoice {
  /** The name of a back end in the registry. */
  readonly on: string;
  /** Options that only some back ends support, under the back end's names for them. Options that were not set are absent. */
  readonly backendOptions: Readonly<Record<string, unknown>>;
  /** The names of the flags that the options come from. */
  readonly backendFlags: readonly BackendFlag[];
}

/** Flags of every command that uses a back end. */
export const CHOICE_FLAGS = {
  on: { type: 'string' },
  image: { type: 'string' },
  namespace: { type: 'string', short: 'n' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsOptionsConfig;

/** Flags of commands that create a sandbox. */
export const SANDBOX_FLAGS = {
  memory: { type: 'string', short: 'm' },
  cpus: { type: 'string' },
  network: { type: 'string' },
} as const satisfies ParseArgsOptionsConfig;

/** The option that a flag sets, and how its value is read. */
const BACKEND_FLAGS = {
  image: { option: 'image' },
  namespace: { option: 'namespace' },
  network: { option: 'network' },
  memory: { option: 'limits', limit: 'memoryBytes', parse: parseSize },
  cpus: { option: 'limits', limit: 'cpus', parse: parseNumber },
} as const satisfies Record<string, FlagRule>;

interface FlagRule {
  readonly option: string;
  readonly limit?: string;
  readonly parse?: (text: string, option: string) => number;
}

/** A flag that only some back ends support. */
export type BackendFlag = keyof typeof BACKEND_FLAGS;

/** The option of a back end that a flag sets. */
export function optionOf(flag: BackendFlag): string {
  return BACKEND_FLAGS[flag].option;
}

/** Chooses the back end from the flags, then from `SANDPOD_ON`, then the default `embedded`. */
export function choiceOf(
  values: Readonly<{ [Name in 'on' | BackendFlag]?: string | undefined }>,
  env: Readonly<Record<string, string | undefined>>,
): BackendChoice {
  const backendOptions: Record<string, unknown> = {};
  const limits: Record<string, unknown> = {};
  const backendFlags = (Object.keys(BACKEND_FLAGS) as BackendFlag[]).filter((name) => values[name] !== undefined);
  for (const name of backendFlags) {
    const text = values[name] ?? '';
    const { option, limit, parse }: FlagRule = BACKEND_FLAGS[name];
    const value = parse === undefined ? text : parse(text, `--${name}`);
    if (limit === undefined) backendOptions[option] = value;
    else limits[limit] = value;
  }
  if (Object.keys(limits).length > 0) backendOptions['limits'] = limits;
  return { on: values.on ?? (env['SANDPOD_ON'] || 'embedded'), backendOptions, backendFlags };
}
