import { choiceOf } from './backend-flags.ts';
import { parseArguments } from './parse-arguments.ts';
import { parseDuration } from './parse-duration.ts';
import { parseEnvironment } from './parse-environment.ts';
import { RUN_FLAGS, type RunOptions } from './run-options.ts';
import { UsageError } from './usage-error.ts';

/** Parses the arguments after `run`; returns `help` if help was requested. */
export function parseRunArguments(argv: readonly string[], own: Readonly<Record<string, string | undefined>>): RunOptions | 'help' {
  const { values, positionals, rest } = parseArguments(argv, RUN_FLAGS);
  if (values.help) return 'help';
  const options: RunOptions = {
    ...inputOf(positionals, values.code),
    language: values.language,
    ...choiceOf(values, own),
    timeoutMs: values.timeout === undefined ? undefined : parseDuration(values.timeout, '--timeout'),
    cwd: values.workdir,
    env: parseEnvironment(values.env ?? [], own),
    files: values.file ?? [],
    out: values.out,
    stdin: values.stdin,
    args: rest,
    json: values.json ?? false,
    quiet: values.quiet ?? false,
    verbose: values.verbose ?? false,
  };
  refuseContradictions(options);
  return options;
}

const EXAMPLE = 'For example: sandpod run -c "print(1)"';

function inputOf(positionals: readonly string[], code: string | undefined): Pick<RunOptions, 'input' | 'code'> {
  if (code === undefined) return { input: onlyInput(positionals), code };
  if (code.trim() === '') throw new UsageError('-c expects code; got none.', EXAMPLE);
  if (positionals.length === 0) return { input: undefined, code };
  throw new UsageError(
    'Expected either -c or a file; got both.',
    `Put arguments for the program after --: sandpod run -c CODE -- ${positionals.join(' ')}`,
  );
}

function onlyInput(positionals: readonly string[]): string {
  const [input, ...more] = positionals;
  if (!input) throw new UsageError('Expected a file, - for standard input, or -c with code; got none.', EXAMPLE);
  if (more.length === 0) return input;
  throw new UsageError(
    `Expected one file; got ${positionals.length}: ${positionals.join(', ')}.`,
    `Put arguments for the program after --: sandpod run ${input} -- ${more.join(' ')}`,
  );
}

function refuseContradictions(options: RunOptions): void {
  if (options.input === '-' && options.stdin === '-') {
    throw new UsageError('Standard input cannot be both the code and the input of the code.', 'Put one of them into a file.');
  }
  if (options.quiet && options.verbose) throw new UsageError('--quiet and --verbose cannot be combined.', 'Use only one of them.');
  if (options.out === '') throw new UsageError('--out expects a directory; got an empty name.');
}
