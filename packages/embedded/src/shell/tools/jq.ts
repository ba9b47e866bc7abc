import { type Command, defineCommand, type ExecResult, type ResolvedCommandContext } from 'just-bash';

/** The number of values after options that take values. */
const VALUES: Readonly<Record<string, number>> = {
  '--arg': 2,
  '--argjson': 2,
  '--slurpfile': 2,
  '--rawfile': 2,
  '--indent': 1,
  '-L': 1,
};

const textOf = (quoted: string, format: string): string =>
  `if type == "string" then ${quoted} elif type == "array" or type == "object" then error("\\(type) (\\(tojson)) ${format}") else tostring end`;

/** Filters that replace formats. The jq of just-bash returns wrong results for these formats. */
const FORMATS: Readonly<Record<string, string>> = {
  '@csv': `(map(if . == null then "" else ${textOf(
    String.raw`"\"" + gsub("\""; "\"\"") + "\""`,
    'is not valid in a csv row',
  )} end) | join(","))`,
  '@sh': `((if type == "array" then . else [.] end) | map(${textOf(
    String.raw`"'" + (split("'") | join("'\\''")) + "'"`,
    'can not be escaped for shell',
  )}) | join(" "))`,
};

/** Matches a string in the filter, or a format. */
const STRING_OR_FORMAT = /"(?:\\[\s\S]|[^"\\])*"|@[a-z0-9]+(?:\s*")?/g;

function failed(message: string): ExecResult {
  return { stdout: '', stderr: `jq: ${message} is not supported in this sandbox\n`, exitCode: 3 };
}

/** Returns the position of the filter, or -1 if a file contains it. */
function filterAt(args: readonly string[]): number {
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    if (arg === '-f' || arg === '--from-file') return -1;
    if (!arg.startsWith('-') || arg === '-') return index;
    index += VALUES[arg] ?? 0;
  }
  return -1;
}

async function jq(args: string[], { origCommand }: ResolvedCommandContext): Promise<ExecResult> {
  if (!origCommand) return failed('it');
  const position = filterAt(args);
  const filter = args[position] ?? '';
  const [withText] = filter.match(STRING_OR_FORMAT)?.filter((part) => part.startsWith('@') && part.endsWith('"')) ?? [];
  if (withText !== undefined) return failed(`a format with a string, ${withText}…",`);
  const changed = filter.replace(STRING_OR_FORMAT, (part) => FORMATS[part] ?? part);
  return origCommand(position === -1 ? args : args.with(position, changed));
}

/** The jq of just-bash, corrected so that `@csv` and `@sh` return the usual results. */
export const jqCommand: Command = defineCommand('jq', jq);
