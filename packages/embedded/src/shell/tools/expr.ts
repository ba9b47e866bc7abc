import { type Command, defineCommand, type ExecResult, type ResolvedCommandContext } from 'just-bash';
import { compileRegex } from './posix-regex.ts';

/** Returns the text of the first group, or the number of matching characters if the pattern has no group. */
function matched(text: string, pattern: string): string {
  const regex = compileRegex(`^\\(${pattern.replace(/^\^/, '')}\\)`, { syntax: { type: 'basic' } });
  const [, whole, group] = regex.exec(text) ?? [];
  return /\\\(/.test(pattern) ? (group ?? '') : String([...(whole ?? '')].length);
}

async function expr(given: string[], { origCommand }: ResolvedCommandContext): Promise<ExecResult> {
  const words = given[0] === '--' ? given.slice(1) : given;
  const pair = words.length === 3 && words[1] === ':' ? [words[0], words[2]] : undefined;
  const [text, pattern] = pair ?? (words.length === 3 && words[0] === 'match' ? words.slice(1) : []);
  if (text !== undefined && pattern !== undefined) {
    const result = matched(text, pattern);
    return { stdout: `${result}\n`, stderr: '', exitCode: /^0*$/.test(result) ? 1 : 0 };
  }
  return origCommand ? origCommand(words) : { stdout: '', stderr: 'expr: not available\n', exitCode: 2 };
}

/** The `expr` command of just-bash, changed so that patterns are basic regular expressions, as in GNU expr. */
export const exprCommand: Command = defineCommand('expr', expr);
