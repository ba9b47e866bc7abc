import type { ParseArgsOptionsConfig } from 'node:util';
import type { BackendChoice } from '../commands/load-backend-for.ts';
import { CHOICE_FLAGS } from './backend-flags.ts';

/** What `sandpod run` was asked to do. */
export interface RunOptions extends BackendChoice {
  /** A path, or `-` for standard input. */
  readonly input: string;
  readonly language: string | undefined;
  readonly timeoutMs: number | undefined;
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
