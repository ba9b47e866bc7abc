import type { Command } from 'just-bash';
import { compareKeys, compareText } from './sort-compare.ts';
import { keyText, readSortKey, type SortKey } from './sort-keys.ts';
import { linesOf, type ToolRun, toolCommand } from './tool.ts';
import { namesOf, optionValue, readOptions, ToolError } from './tool-options.ts';

const long = {
  'ignore-leading-blanks': 'b',
  'dictionary-order': 'd',
  'ignore-case': 'f',
  'general-numeric-sort': 'g',
  'ignore-nonprinting': 'i',
  'month-sort': 'M',
  'human-numeric-sort': 'h',
  'numeric-sort': 'n',
  reverse: 'r',
  'version-sort': 'V',
  'check=?': 'c',
  'key=': 'k',
  merge: 'm',
  'output=': 'o',
  stable: 's',
  'field-separator=': 't',
  unique: 'u',
  'zero-terminated': 'z',
  'buffer-size=': 'S',
  'parallel=': 'parallel',
  'temporary-directory=': 'T',
};

interface Order {
  readonly keys: readonly SortKey[];
  readonly letters: string;
  readonly separator: string | undefined;
  readonly isStable: boolean;
}

function compareByKeys(left: string, right: string, { keys, letters, separator }: Order): number {
  for (const key of keys) {
    const own = /[dfgiMhnrV]/.test(key.letters) ? key.letters : key.letters + letters;
    const options = { key, separator, skipsBlanks: own.includes('b') };
    const order = compareKeys(keyText(left, options), keyText(right, options), own);
    if (order !== 0) return own.includes('r') ? -order : order;
  }
  return 0;
}

function compareWhole(left: string, right: string, letters: string): number {
  const trimmed = (line: string): string => (letters.includes('b') ? line.trimStart() : line);
  const order = compareKeys(trimmed(left), trimmed(right), letters);
  return letters.includes('r') ? -order : order;
}

function compareLines(left: string, right: string, order: Order): number {
  const first = order.keys.length > 0 ? compareByKeys(left, right, order) : compareWhole(left, right, order.letters);
  if (first !== 0 || order.isStable) return first;
  const last = compareText(left, right);
  return order.letters.includes('r') ? -last : last;
}

function separatorOf(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (value === '\\0') return '\0';
  if ([...value].length !== 1) throw new ToolError(`multi-character tab '${value}'`, 2);
  return value;
}

function checkOrder(
  tool: ToolRun,
  {
    lines,
    order,
    isUnique,
    name,
  }: { readonly lines: readonly string[]; readonly order: Order; readonly isUnique: boolean; readonly name: string },
): void {
  for (const [index, line] of lines.entries()) {
    if (index === 0 || tool.exitCode > 0) continue;
    const result = compareLines(lines[index - 1] ?? '', line, order);
    if (result > 0 || (isUnique && result === 0)) tool.complain(`${name}:${index + 1}: disorder: ${line}`);
  }
}

async function sort(tool: ToolRun): Promise<void> {
  const given = readOptions(tool.given, { flags: 'bdfgiMhnrVcCmsuz', values: 'kotST', long });
  const names = namesOf(given);
  const separator = names.has('z') ? '\0' : '\n';
  const order: Order = {
    keys: given.options.filter(({ name }) => name === 'k').map(({ value }) => readSortKey(value)),
    letters: [...names].filter((name) => 'bdfgiMhnrV'.includes(name)).join(''),
    separator: separatorOf(optionValue(given, 't')),
    isStable: names.has('s') || names.has('u'),
  };
  const lines: string[] = [];
  for (const name of given.operands.length === 0 ? ['-'] : given.operands) {
    const text = await tool.tryRead(name, 2);
    if (text === undefined) return;
    for (const line of linesOf(text, separator)) lines.push(line);
  }
  if (names.has('c') || names.has('C')) {
    checkOrder(tool, { lines, order, isUnique: names.has('u'), name: given.operands[0] ?? '-' });
    return;
  }
  lines.sort((left, right) => compareLines(left, right, order));
  const unique = names.has('u')
    ? lines.filter((line, index) => index === 0 || compareLines(lines[index - 1] ?? '', line, order) !== 0)
    : lines;
  const output = unique.map((line) => line + separator).join('');
  const target = optionValue(given, 'o');
  if (target === undefined) tool.print(output);
  else await tool.write(target, output);
}

/** Implements GNU sort in the C locale. */
export const sortCommand: Command = toolCommand('sort', sort, 2);
