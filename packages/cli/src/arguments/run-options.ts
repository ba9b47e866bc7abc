import type { ParseArgsOptionsConfig } from 'node:util';

/** What `sandpod run` was asked to do. */
export interface RunOptions {
  /** A path, or `-` for standard input. */
  readonly input: string;
  readonly language: string | undefined;
  readonly on: string;
  readonly timeoutMs: number | undefined;
  /** Options that only some back ends know, by their name there; those not given are absent. */
  readonly backendOptions: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  /** As given: `PATH` or `PATH:NAME`. */
  readonly files: readonly string[];
  readonly out: string | undefined;
  /** A path, or `-`: what the first block reads from its standard input. */
  readonly stdin: string | undefined;
  readonly args: readonly string[];
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** The flags of `sandpod run`, as `parseArgs` wants them. */
export const RUN_FLAGS = {
  on: { type: 'string' },
  language: { type: 'string', short: 'l' },
  timeout: { type: 'string', short: 't' },
  image: { type: 'string' },
  namespace: { type: 'string', short: 'n' },
  env: { type: 'string', short: 'e', multiple: true },
  file: { type: 'string', short: 'f', multiple: true },
  out: { type: 'string', short: 'o' },
  stdin: { type: 'string' },
  json: { type: 'boolean' },
  quiet: { type: 'boolean', short: 'q' },
  verbose: { type: 'boolean', short: 'v' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsOptionsConfig;

/** The flags that mean something on some back ends only. */
export const BACKEND_FLAGS = ['image', 'namespace'] as const;
