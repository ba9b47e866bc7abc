import type { Command } from 'just-bash';
import { type Lines, normalDiff, splitLines, unifiedDiff } from './diff-output.ts';
import { fileProblem, type ToolRun, toolCommand } from './tool.ts';
import { type GivenOptions, namesOf, optionValue, readOptions, ToolError } from './tool-options.ts';

const LONG = {
  unified: 'u',
  'unified=?': 'U',
  brief: 'q',
  'report-identical-files': 's',
  'ignore-case': 'i',
  'ignore-all-space': 'w',
  'ignore-space-change': 'b',
  'ignore-trailing-space': 'Z',
  'strip-trailing-cr': 'strip',
  recursive: 'r',
  'new-file': 'N',
  text: 'a',
  'label=': 'L',
  'color=?': 'color',
  minimal: 'd',
};
const TROUBLE = 2;
const CONTEXT = 3;

/** One of the two files of a comparison. */
interface Side {
  readonly name: string;
  readonly path: string;
  readonly type: 'file' | 'directory' | 'missing';
  readonly modified: Date;
}

class Diff {
  readonly #tool: ToolRun;
  readonly #given: GivenOptions;
  readonly #names: ReadonlySet<string>;

  constructor(tool: ToolRun, given: GivenOptions) {
    this.#tool = tool;
    this.#given = given;
    this.#names = namesOf(given);
  }

  async run(leftName: string, rightName: string): Promise<void> {
    const [left, right] = [await this.#side(leftName), await this.#side(rightName)];
    const inside = (directory: Side, file: Side): string => `${directory.name.replace(/\/$/, '')}/${file.name.split('/').at(-1)}`;
    if (left.type === 'directory' && right.type === 'file') return this.run(inside(left, right), rightName);
    if (left.type === 'file' && right.type === 'directory') return this.run(leftName, inside(right, left));
    if (left.type === 'directory' && right.type === 'directory') return this.#directories(left, right);
    const missing = [left, right].filter(({ type, name }) => type === 'missing' && name !== '-');
    if (missing.length > 0 && !(this.#names.has('N') && missing.length === 1)) {
      for (const { name } of missing) this.#tool.complain(`${name}: No such file or directory`, TROUBLE);
    } else await this.#files(left, right, '');
  }

  async #side(name: string): Promise<Side> {
    const { fs } = this.#tool.shell;
    const path = this.#tool.path(name);
    if (name === '-') return { name, path, type: 'file', modified: new Date() };
    const stat = await fs.stat(path).catch(() => undefined);
    if (stat === undefined) return { name, path, type: 'missing', modified: new Date(0) };
    return { name, path, type: stat.isDirectory ? 'directory' : 'file', modified: stat.mtime };
  }

  async #directories(left: Side, right: Side): Promise<void> {
    const { fs } = this.#tool.shell;
    const [leftNames, rightNames] = [await fs.readdir(left.path), await fs.readdir(right.path)];
    for (const name of [...new Set([...leftNames, ...rightNames])].toSorted()) {
      const sides = [await this.#side(`${left.name}/${name}`), await this.#side(`${right.name}/${name}`)] as const;
      await this.#pair(sides, { name, directories: [left.name, right.name] });
    }
  }

  async #pair(
    [left, right]: readonly [Side, Side],
    { name, directories }: { readonly name: string; readonly directories: readonly [string, string] },
  ): Promise<void> {
    const isNew = this.#names.has('N') && left.type !== 'directory' && right.type !== 'directory';
    if (left.type === 'directory' && right.type === 'directory') {
      if (this.#names.has('r')) await this.#directories(left, right);
      else this.#tool.print(`Common subdirectories: ${left.name} and ${right.name}\n`);
    } else if ((left.type === 'missing' || right.type === 'missing') && !isNew) {
      this.#say(`Only in ${left.type === 'missing' ? directories[1] : directories[0]}: ${name}\n`);
    } else if (left.type === 'directory' || right.type === 'directory') {
      const words = (side: Side): string => `${side.name} is a ${side.type === 'directory' ? 'directory' : 'regular file'}`;
      this.#say(`File ${words(left)} while file ${words(right)}\n`);
    } else await this.#files(left, right, `diff ${this.#optionWords()}${left.name} ${right.name}\n`);
  }

  async #files(left: Side, right: Side, title: string): Promise<void> {
    const [leftText, rightText] = [await this.#text(left), await this.#text(right)];
    if (leftText === undefined || rightText === undefined) return;
    const isBinary = !this.#names.has('a') && (leftText.includes('\0') || rightText.includes('\0'));
    if (isBinary && leftText !== rightText) return this.#say(`Binary files ${left.name} and ${right.name} differ\n`);
    const [oldLines, newLines] = [splitLines(leftText), splitLines(rightText)];
    // Loaded here, because most scripts need no diff.
    const { changesOf } = await import('./diff-changes.ts');
    const changes = changesOf(this.#keys(oldLines), this.#keys(newLines));
    if (changes.length === 0) {
      if (this.#names.has('s')) this.#tool.print(`Files ${left.name} and ${right.name} are identical\n`);
    } else if (this.#names.has('q')) this.#say(`Files ${left.name} and ${right.name} differ\n`);
    else if (this.#names.has('u') || this.#names.has('U')) {
      const body = unifiedDiff(changes, { left: oldLines, right: newLines, context: this.#context() });
      this.#say(`${title}--- ${this.#label(left, 0)}\n+++ ${this.#label(right, 1)}\n${body}`);
    } else this.#say(title + normalDiff(changes, oldLines, newLines));
  }

  #say(text: string): void {
    this.#tool.print(text);
    this.#tool.exitCode = Math.max(1, this.#tool.exitCode);
  }

  async #text({ name, type }: Side): Promise<string | undefined> {
    if (type === 'missing') return '';
    return this.#tool.tryRead(name, TROUBLE);
  }

  /** Returns what is compared of each line. */
  #keys(lines: Lines): string[] {
    const has = (name: string): boolean => this.#names.has(name);
    return lines.map((line) => {
      let key = has('strip') ? line.replace(/\r\n$/, '\n') : line;
      if (has('w')) key = key.replace(/\s+/g, '');
      if (has('b')) key = key.replace(/\s+$/, '').replace(/\s+/g, ' ');
      if (has('Z')) key = key.replace(/\s+$/, '');
      return has('i') ? key.toLowerCase() : key;
    });
  }

  #context(): number {
    const value = optionValue(this.#given, 'U') || String(CONTEXT);
    if (!/^\d{1,9}$/.test(value)) throw new ToolError(`invalid context length '${value}'`);
    return Number(value);
  }

  #label(side: Side, index: number): string {
    const labels = this.#given.options.filter(({ name }) => name === 'L');
    const [date = '', time = ''] = side.modified.toISOString().split('T');
    return labels[index]?.value ?? `${side.name}\t${date} ${time.replace('Z', '000000 +0000')}`;
  }

  /** Repeats the options in the title of each file of a directory, as GNU diff does. */
  #optionWords(): string {
    return this.#tool.given
      .filter((word) => word.startsWith('-') && word !== '-')
      .map((word) => `${word} `)
      .join('');
  }
}

async function diff(tool: ToolRun): Promise<void> {
  const given = readOptions(tool.given, { flags: 'uqsiwbZrNad', values: 'UL', long: LONG });
  const color = optionValue(given, 'color');
  if (color === 'always') throw new ToolError('--color=always is not supported in this sandbox', TROUBLE);
  const [left, right, extra] = given.operands;
  if (left === undefined || right === undefined) throw new ToolError(`missing operand after '${left ?? 'diff'}'`, TROUBLE);
  if (extra !== undefined) throw new ToolError(`extra operand '${extra}'`, TROUBLE);
  try {
    await new Diff(tool, given).run(left, right);
  } catch (error) {
    if (error instanceof ToolError) throw error;
    throw new ToolError(fileProblem(error), TROUBLE);
  }
}

/** Implements GNU diff, with the normal and the unified format. */
export const diffCommand: Command = toolCommand('diff', diff, TROUBLE);
