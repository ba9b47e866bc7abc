import type { Command } from 'just-bash';
import { type ToolRun, toolCommand } from './tool.ts';
import { type GivenOptions, namesOf, optionValue, readOptions, ToolError } from './tool-options.ts';

const long = {
  null: '0',
  'arg-file=': 'a',
  'delimiter=': 'd',
  'replace=?': 'I',
  'max-lines=': 'L',
  'max-args=': 'n',
  'max-procs=': 'P',
  'no-run-if-empty': 'r',
  'max-chars=': 's',
  verbose: 't',
  exit: 'x',
};

/** Splits a line as xargs does: at blanks that are not protected by quotes or backslashes. */
function wordsOf(line: string): string[] {
  const words: string[] = [];
  for (const [word] of line.matchAll(/(?:\\[\s\S]|"[^"\n]*"|'[^'\n]*'|[^\s])+/g)) {
    if (/^(?:\\[\s\S]|"[^"\n]*"|'[^'\n]*'|[^\s"'])*$/.test(word)) {
      words.push(word.replace(/\\([\s\S])|"([^"]*)"|'([^']*)'/g, (part) => (part.startsWith('\\') ? part.slice(1) : part.slice(1, -1))));
    } else throw new ToolError('unmatched quote; by default quotes are special to xargs unless you use the -0 option');
  }
  return words;
}

function separatorOf(value: string): string {
  const controls: Readonly<Record<string, string>> = { '\\n': '\n', '\\t': '\t', '\\0': '\0', '\\\\': '\\' };
  const separator = controls[value] ?? value;
  if (separator.length !== 1) throw new ToolError(`invalid input delimiter specification ${value}`);
  return separator;
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

class Runner {
  readonly #tool: ToolRun;
  readonly #isVerbose: boolean;
  isStopped = false;

  constructor(tool: ToolRun, isVerbose: boolean) {
    this.#tool = tool;
    this.#isVerbose = isVerbose;
  }

  async run(words: readonly string[]): Promise<void> {
    if (this.isStopped) return;
    if (this.#isVerbose)
      this.#tool.stderr += `${words.map((word) => (/[^\w./=:,@%+-]/.test(word) || word === '' ? quoted(word) : word)).join(' ')}\n`;
    const result = await this.#tool.shellLine(words.map(quoted).join(' '));
    this.#tool.print(result.stdout);
    if (result.exitCode === 127 || result.exitCode === 126) this.#stop(result.exitCode);
    else if (result.exitCode === 255) {
      this.#tool.complain(`${words[0]}: exited with status 255; aborting`, 124);
      this.isStopped = true;
    } else if (result.exitCode !== 0) this.#tool.exitCode = 123;
  }

  #stop(exitCode: number): void {
    this.#tool.exitCode = exitCode;
    this.isStopped = true;
  }
}

interface Batches {
  readonly most: number;
  readonly characters: number;
  readonly command: readonly string[];
}

function batchesOf(words: readonly string[], { most, characters, command }: Batches): string[][] {
  const size = (list: readonly string[]): number => list.reduce((sum, { length }) => sum + length + 1, 0);
  const base = size(command);
  const batches: string[][] = [];
  let used = 0;
  for (const word of words) {
    const last = batches.at(-1);
    if (last && last.length < most && used + word.length + 1 <= characters) last.push(word);
    else {
      batches.push([word]);
      used = base;
    }
    used += word.length + 1;
  }
  return batches;
}

interface Items {
  readonly input: string;
  /** The items. Present if `-0` or `-d` is given. */
  readonly items: readonly string[] | undefined;
}

async function readItems(tool: ToolRun, given: GivenOptions): Promise<Items> {
  const input = await tool.read(optionValue(given, 'a') ?? '-');
  const delimiter = optionValue(given, 'd');
  const separator = namesOf(given).has('0') ? '\0' : delimiter && separatorOf(delimiter);
  if (separator === undefined) return { input, items: undefined };
  return { input, items: input.split(separator).filter((item, index, all) => index < all.length - 1 || item !== '') };
}

function replacedLines({ input, items }: Items): readonly string[] {
  const lines = input.split('\n').map((line) => line.replace(/^[ \t]+/, ''));
  return items ?? lines.filter((line) => line !== '').map((line) => wordsOf(line.replace(/[ \t]/g, '\\$&'))[0] ?? '');
}

function numberOf(given: GivenOptions, name: string): number | undefined {
  const value = optionValue(given, name);
  if (value !== undefined && !/^\d+$/.test(value)) throw new ToolError(`invalid number "${value}" for -${name} option`);
  return value === undefined ? undefined : Number(value);
}

/** Returns the option that applies: the last of -I, -L and -n. If -I is given, `-n 1` does not count. */
function modeOf(given: GivenOptions): string | undefined {
  const hasReplacement = namesOf(given).has('I');
  return given.options.findLast(({ name, value }) => 'ILn'.includes(name) && !(name === 'n' && value === '1' && hasReplacement))?.name;
}

interface PlainCall {
  readonly found: Items;
  readonly command: readonly string[];
  readonly mode: string | undefined;
}

function plainBatches(given: GivenOptions, { found, command, mode }: PlainCall): string[][] {
  if (mode === 'L') return lineBatches(found.input, numberOf(given, 'L') ?? 1);
  const most = (mode === 'n' ? numberOf(given, 'n') : undefined) ?? Number.MAX_SAFE_INTEGER;
  return batchesOf(found.items ?? wordsOf(found.input), { most, characters: numberOf(given, 's') ?? 131_072, command });
}

async function xargs(tool: ToolRun): Promise<void> {
  const words = tool.given.map((word) => word.replace(/^-i(.*)$/, (_, mark: string) => `--replace=${mark || '{}'}`));
  const given = readOptions(words, { flags: '0rtxp', values: 'adILnPsE', long, stopsAtOperand: true });
  const names = namesOf(given);
  if (names.has('p') || names.has('E')) throw new ToolError('the options -p and -E are not supported in this sandbox');
  const found = await readItems(tool, given);
  const command = given.operands.length === 0 ? ['echo'] : given.operands;
  const runner = new Runner(tool, names.has('t'));
  const mode = modeOf(given);
  if (mode === 'I') {
    const mark = optionValue(given, 'I') || '{}';
    for (const line of replacedLines(found)) await runner.run(command.map((word) => word.replaceAll(mark, () => line)));
    return;
  }
  const batches = plainBatches(given, { found, command, mode });
  if (batches.length === 0 && !names.has('r')) batches.push([]);
  for (const batch of batches) await runner.run([...command, ...batch]);
}

function lineBatches(input: string, count: number): string[][] {
  const lines = input
    .split('\n')
    .map(wordsOf)
    .filter((words) => words.length > 0);
  const batches: string[][] = [];
  for (let at = 0; at < lines.length; at += count) batches.push(lines.slice(at, at + count).flat());
  return batches;
}

/** Implements GNU xargs. Commands run one at a time, even with `-P`. */
export const xargsCommand: Command = toolCommand('xargs', xargs);
