import type { Command } from 'just-bash';
import { grepFiles } from './grep-files.ts';
import { printMatches } from './grep-output.ts';
import { compileRegex, type RegexSyntax } from './posix-regex.ts';
import { linesOf, type ToolRun, toolCommand } from './tool.ts';
import { type GivenOptions, namesOf, readOptions, ToolError } from './tool-options.ts';

const long = {
  'extended-regexp': 'E',
  'fixed-strings': 'F',
  'basic-regexp': 'G',
  'perl-regexp': 'P',
  'ignore-case': 'i',
  'no-ignore-case': 'no-ignore-case',
  'invert-match': 'v',
  'word-regexp': 'w',
  'line-regexp': 'x',
  count: 'c',
  'color=?': 'color',
  'colour=?': 'color',
  'files-with-matches': 'l',
  'files-without-match': 'L',
  'max-count=': 'm',
  'only-matching': 'o',
  quiet: 'q',
  silent: 'q',
  'no-messages': 's',
  'byte-offset': 'b',
  'with-filename': 'H',
  'no-filename': 'h',
  'line-number': 'n',
  null: 'Z',
  'null-data': 'z',
  text: 'a',
  recursive: 'r',
  'dereference-recursive': 'R',
  'regexp=': 'e',
  'file=': 'f',
  'after-context=': 'A',
  'before-context=': 'B',
  'context=': 'C',
  'include=': 'include',
  'exclude=': 'exclude',
  'exclude-dir=': 'exclude-dir',
  'no-group-separator': 'no-group-separator',
  'group-separator=': 'group-separator',
  'line-buffered': 'u',
};

export interface GrepRequest {
  readonly names: ReadonlySet<string>;
  readonly given: GivenOptions;
  readonly regexes: readonly RegExp[];
  readonly separator: string;
}

async function patternsOf(tool: ToolRun, given: GivenOptions): Promise<{ patterns: string[]; operands: readonly string[] }> {
  const patterns: string[] = [];
  let isGiven = false;
  for (const { name, value } of given.options) {
    if (name !== 'e' && name !== 'f') continue;
    isGiven = true;
    patterns.push(...(name === 'e' ? value.split('\n') : linesOf(await tool.read(value))));
  }
  if (isGiven) return { patterns, operands: given.operands };
  const [pattern, ...operands] = given.operands;
  if (pattern === undefined) throw new ToolError('usage: grep [OPTION]... PATTERNS [FILE]...');
  return { patterns: pattern.split('\n'), operands };
}

function syntaxOf(given: GivenOptions, command: string): RegexSyntax {
  const letter = given.options.findLast(({ name }) => 'EFGP'.includes(name))?.name;
  const usual = { egrep: 'E', fgrep: 'F' }[command] ?? 'G';
  const types = { E: 'extended', F: 'fixed', G: 'basic', P: 'perl' } as const;
  return { type: types[(letter ?? usual) as keyof typeof types] };
}

function regexOf(pattern: string, { names, syntax }: { readonly names: ReadonlySet<string>; readonly syntax: RegexSyntax }): RegExp {
  const flags = `g${names.has('i') || names.has('y') ? 'i' : ''}`;
  const { source } = compileRegex(pattern, { syntax, flags });
  const body = source === '(?:)' ? '' : source;
  if (names.has('x')) return new RegExp(`^(?:${body})$`, `${flags}u`);
  return names.has('w') ? new RegExp(`(?<!\\w)(?:${body})(?!\\w)`, `${flags}u`) : new RegExp(body, `${flags}u`);
}

async function grep(tool: ToolRun): Promise<void> {
  const given = readOptions(tool.given, { flags: 'EFGPivwxclLoqsbHhnZzarRuyUI', values: 'mefABCdD', long, digits: 'C' });
  const names = namesOf(given);
  const { patterns, operands } = await patternsOf(tool, given);
  const syntax = syntaxOf(given, tool.name);
  const regexes = patterns.map((pattern) => regexOf(pattern, { names, syntax }));
  const request: GrepRequest = { names, given, regexes, separator: names.has('z') ? '\0' : '\n' };
  const isRecursive = names.has('r') || names.has('R');
  const files = await grepFiles(tool, { request, operands });
  const showsNames = !names.has('h') && (names.has('H') || operands.length > 1 || isRecursive);
  let selected = 0;
  for (const name of files) {
    const text = await readFile(tool, { name, isSilent: names.has('s') });
    if (text !== undefined) selected += printMatches(tool, { request, name, text, showsNames });
  }
  if (names.has('q') && selected > 0) tool.exitCode = 0;
  else if (tool.exitCode === 0 && selected === 0) tool.exitCode = 1;
}

async function readFile(
  tool: ToolRun,
  { name, isSilent }: { readonly name: string; readonly isSilent: boolean },
): Promise<string | undefined> {
  const before = tool.stderr;
  const text = await tool.tryRead(name, 2);
  if (text === undefined && isSilent) tool.stderr = before;
  return text;
}

/** Implements GNU grep, egrep and fgrep. */
export const grepCommands: readonly Command[] = ['grep', 'egrep', 'fgrep'].map((name) => toolCommand(name, grep, 2));
