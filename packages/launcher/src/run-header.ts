import type { InputFile, SpawnOptions } from '@sandpod/core';
import { checkSizes } from './argument-sizes.ts';
import { encodeFrames, encodeItem, encodeItems, isSmallText, LAST_FRAME } from './launcher-message.ts';

/** The source of the program's standard input: nothing, the rest of the channel, or frames. */
export type StdinMode = 'none' | 'open' | 'framed';

export interface RunHeaderOptions {
  readonly id: string;
  readonly graceMs: number;
  readonly stdin: StdinMode;
  /** Resource limits. The keys are the letters of `ulimit` options. */
  readonly ulimits?: Readonly<Record<string, number>> | undefined;
}

/**
 * Variables that affect a shell, or the programs between the launcher and the program. `env` sets them at the last moment. The launcher
 * uses the prefix `sp_` for its variables.
 */
const SHELL_VARIABLE =
  /^(sp_.*|BASH.*|LD_.*|LC_ALL|IFS|OPTIND|PWD|OLDPWD|PPID|E?UID|GROUPS|DIRSTACK|SHELLOPTS|S?RANDOM|SECONDS|EPOCH.*|LINENO|HISTCMD|FUNC.*|TMOUT|POSIXLY_CORRECT|PS4|_)$/;

/** Encodes all data that the launcher needs before it starts a program, in pieces that are small enough to send. */
export function* encodeRun(options: SpawnOptions, header: RunHeaderOptions): Generator<Uint8Array> {
  const argv = options.argv ?? ['sh', '-c', options.command];
  const variables = Object.entries(options.env ?? {}).map(([name, value]) => ({
    isSpecial: SHELL_VARIABLE.test(name),
    text: `${name}=${value}`,
  }));
  checkSizes({ argv, variables: variables.map(({ text }) => text) });
  const files = options.files ?? [];
  yield encodeItems([header.id, hundredths(options.timeoutMs), hundredths(header.graceMs), header.stdin, files.length]);
  for (const file of files) yield* encodeFile(file);
  const plain = variables.filter(({ isSpecial }) => !isSpecial).map(({ text }) => text);
  const special = variables.filter(({ isSpecial }) => isSpecial).map(({ text }) => text);
  const ulimits = Object.entries(header.ulimits ?? {}).map(([letter, value]) => `${letter} ${value}`);
  const words = [...special, ...besideEnv(argv, special.length)];
  yield encodeItems([options.cwd ?? '.', ulimits.length, ...ulimits, plain.length, ...plain]);
  yield encodeItems([special.length, argv[0], words.length, ...words, 'go']);
}

function* encodeFile({ path, content }: InputFile): Generator<Uint8Array> {
  const bytes = Buffer.from(content);
  if (isSmallText(bytes)) return yield encodeItems([path, 'text', bytes]);
  yield encodeItems([path, 'frames']);
  yield* encodeFrames(bytes);
  yield LAST_FRAME;
}

/** Adds a shell if necessary, because `env` would interpret a program with `=` in its name as a variable. */
function besideEnv(argv: readonly string[], specialCount: number): readonly string[] {
  return specialCount > 0 && argv[0]?.includes('=') ? ['sh', '-c', 'exec "$@"', 'sh', ...argv] : argv;
}

/** Converts a duration to hundredths of a second, the unit of the launcher and of the kernel's clock. */
function hundredths(durationMs: number | undefined): string {
  return durationMs === undefined ? '' : String(Math.ceil(durationMs / 10));
}

/** Encodes the items for the verb `kill`, which ends a run and all processes that it started. */
export function encodeKill(run: {
  readonly id: string;
  readonly pid: number;
  readonly startTime: string;
  readonly sparesOthers: boolean;
}): Uint8Array {
  return Buffer.concat([encodeItems([run.id, run.pid, run.startTime]), encodeItem(run.sparesOthers ? '1' : '')]);
}
