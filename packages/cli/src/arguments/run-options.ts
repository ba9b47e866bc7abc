import type { ParseArgsOptionsConfig } from 'node:util';
import { type BackendChoice, CHOICE_FLAGS } from './backend-flags.ts';

/** The options of `sandpod run`. */
export interface RunOptions extends BackendChoice {
  /** A path, or `-` for standard input. */
  readonly input: string;
  readonly language: string | undefined;
  readonly timeoutMs: number | undefined;
  readonly env: Readonly<Record<string, string>>;
  /** Each `PATH` or `PATH:NAME`, as written on the command line. */
  readonly files: readonly string[];
  readonly out: string | undefined;
  /** Standard input for the first block: a path, or `-` for the command's standard input. */
  readonly stdin: string | undefined;
  readonly args: readonly string[];
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** The flags of `sandpod run`, for `parseArgs`. */
export const RUN_FLAGS = {
  ...CHOICE_FLAGS,
  language: { type: 'string', short: 'l' },
  timeout: { type: 'string', short: 't' },
  env: { type: 'string', short: 'e', multiple: true },
  file: { type: 'string', short: 'f', multiple: true },
  out: { type: 'string', short: 'o' },
  stdin: { type: 'string' },
  quiet: { type: 'boolean', short: 'q' },
  verbose: { type: 'boolean', short: 'v' },
} as const satisfies ParseArgsOptionsConfig;
