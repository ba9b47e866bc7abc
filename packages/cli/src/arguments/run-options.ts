import type { ParseArgsOptionsConfig } from 'node:util';
import { type BackendChoice, CHOICE_FLAGS, SANDBOX_FLAGS } from './backend-flags.ts';

/** The options of `sandpod run`. */
export interface RunOptions extends BackendChoice {
  /** A path, or `-` for standard input. Undefined if the command line contains the code. */
  readonly input: string | undefined;
  /** The code on the command line. */
  readonly code: string | undefined;
  readonly language: string | undefined;
  readonly timeoutMs: number | undefined;
  /** Working directory of the program, relative to the workspace. */
  readonly cwd: string | undefined;
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
  ...SANDBOX_FLAGS,
  code: { type: 'string', short: 'c' },
  language: { type: 'string', short: 'l' },
  timeout: { type: 'string', short: 't' },
  workdir: { type: 'string', short: 'w' },
  env: { type: 'string', short: 'e', multiple: true },
  file: { type: 'string', short: 'f', multiple: true },
  out: { type: 'string', short: 'o' },
  stdin: { type: 'string' },
  quiet: { type: 'boolean', short: 'q' },
  verbose: { type: 'boolean', short: 'v' },
} as const satisfies ParseArgsOptionsConfig;
