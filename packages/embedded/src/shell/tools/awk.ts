import { type Command, defineCommand, type ExecResult, type ResolvedCommandContext } from 'just-bash';
import { AWK_TRIM, correctSplit } from './awk-split.ts';

/** Constructs for which the awk of just-bash returns wrong results. They are refused. */
const refused: readonly (readonly [RegExp, string])[] = [
  [/\bRS\s*=[^=]/, 'a record separator RS'],
  [/>\s*"\/dev\/(?:stderr|stdout)"/, 'output to /dev/stderr or /dev/stdout'],
  [/\bprintf?\b[^;}\n]*>>?\s*(?:"[^"\n]*"|\$?\w+\b)[ \t]*(?:"|\$|\w)/, 'a file name of several parts after > (use parentheses)'],
  [/\bprintf?\b[^;}\n]*>>?\s*\(/, 'a computed file name after >'],
  [/%[-+ 0#]*\d*(?:\.\d+)?[eE]/, 'the format %e'],
  [/\bprint\b[^;}\n"]*"[^"\n]*"\s*"[^"\n]*"\s*==/, 'a comparison after joined texts without parentheses'],
];

function failed(message: string): ExecResult {
  return { stdout: '', stderr: `awk: ${message}\n`, exitCode: 2 };
}

function literal(value: string): string {
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(value)) return value;
  return `"${value.replace(/"/g, '\\"').replace(/\n/g, '\\n')}"`;
}

interface AwkCall {
  readonly options: string[];
  readonly assignments: string[];
  readonly programs: string[];
  rest: string[];
}

async function readOption(call: AwkCall, shell: ResolvedCommandContext): Promise<string | undefined> {
  const [, letter = '', joined = ''] = /^-([vFf])([\s\S]*)$/.exec(call.rest[0] ?? '') ?? [];
  if (letter === '') return `option ${call.rest[0]} is not supported in this sandbox`;
  call.rest.shift();
  const value = joined || call.rest.shift();
  if (value === undefined) return `option requires an argument -- ${letter}`;
  if (letter === 'f') call.programs.push(await shell.fs.readFile(shell.fs.resolvePath(shell.cwd, value)));
  else if (letter === 'F') call.options.push('-F', separatorOf(value));
  else if (!/^[A-Za-z_]\w*=/.test(value)) return `improper assignment: -v ${value}`;
  else call.assignments.push(value.replace(/=([\s\S]*)$/, (_, text: string) => ` = ${literal(text)}`));
  return undefined;
}

function separatorOf(value: string): string {
  if (!/^[|.*+?^$()[\]{}]$/.test(value)) return value;
  return value === '^' ? '[\\^]' : `[${value}]`;
}

/** Matches a statement such as `list[key];`, which creates the element in awk, but not in the awk of just-bash. */
const MENTION = /(^|[{;}\n])([ \t]*)([A-Za-z_]\w*\[[^[\]{};\n]+\])(?=[ \t]*(?:[;}\n]|$))/g;

/**
 * Replaces parts of a program with equivalent code that just-bash runs correctly: the variables of `-v` are set in a `BEGIN`
 * block, `int` rounds negative numbers toward zero, and a reference to an element creates the element.
 */
function corrected(program: string, assignments: readonly string[]): string {
  const begin = assignments.length > 0 ? `BEGIN { ${assignments.join('; ')} }\n` : '';
  const split = correctSplit(program);
  const creating = (split === program ? '' : AWK_TRIM) + split.replace(MENTION, '$1$2$3 = $3');
  if (!/\bint\s*\(/.test(creating)) return begin + creating;
  return `function sandpod_int(x) { return x < 0 ? -int(-x) : int(x) }\n${begin}${creating.replace(/\bint\s*\(/g, 'sandpod_int(')}`;
}

async function awk(given: string[], shell: ResolvedCommandContext): Promise<ExecResult> {
  const { origCommand } = shell;
  if (!origCommand) return failed('awk is not available');
  const call: AwkCall = { options: [], assignments: [], programs: [], rest: [...given] };
  while (call.rest[0]?.startsWith('-') && call.rest[0] !== '-') {
    if (call.rest[0] === '--') {
      call.rest.shift();
      break;
    }
    const problem = await readOption(call, shell);
    if (problem !== undefined) return failed(problem);
  }
  const program = call.programs.length > 0 ? call.programs.join('\n') : call.rest.shift();
  if (program === undefined) return failed('usage: awk [-F fs][-v var=value][prog | -f progfile][file ...]');
  const problem = refused.find(([pattern]) => pattern.test(program) || call.assignments.some((each) => pattern.test(each)));
  if (problem) return failed(`${problem[1]} is not supported in this sandbox`);
  return origCommand([...call.options, corrected(program, call.assignments), ...call.rest]);
}

/** The awk of just-bash. It refuses programs for which it would return wrong results. */
export const awkCommand: Command = defineCommand('awk', awk);
