import type { Steps } from '../control/steps.ts';
import { ShellScanner } from './shell-scanner.ts';

const START = /(?:(?<!\\\n)^|&&|\|\||;)(?:[ \t]|\\\n)*/;
/** The last part excludes a command that already has a quiet option. */
const INSTALL = /(?:python[\d.]*[ \t]+-m[ \t]+)?pip[\d.]*[ \t]+install(?=\s|$)(?![^\n;&|]*[ \t](?:-[A-Za-z]*q[A-Za-z]*|--quiet)(?![\w-]))/;
const COMMAND = new RegExp(`${START.source}${INSTALL.source}`);

/**
 * Adds `-qqq` to the `pip install` commands in a shell script, so that an installation prints nothing unless it fails.
 *
 * Covers `pip`, `pip3` and `python -m pip` at the start of a line and after `&&`, `||` and `;`. Text in quotes, comments
 * and here-documents is not changed, even if it looks like a command. Can pause, because a long script takes a while.
 */
export function* silencePip(code: string): Steps<string> {
  const parts: string[] = [];
  let start = 0;
  for (const end of new ShellScanner(code, COMMAND).find()) {
    if (end === undefined) {
      yield;
      continue;
    }
    parts.push(code.slice(start, end), ' -qqq');
    start = end;
  }
  return parts.join('') + code.slice(start);
}
