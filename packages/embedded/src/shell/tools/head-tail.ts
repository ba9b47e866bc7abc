import type { Command } from 'just-bash';
import { linesOf, type ToolRun, toolCommand } from './tool.ts';
import { namesOf, readOptions, ToolError } from './tool-options.ts';

const long = { 'bytes=': 'c', 'lines=': 'n', quiet: 'q', silent: 'q', verbose: 'v', 'zero-terminated': 'z' };
const units: Readonly<Record<string, number>> = { '': 1, b: 512, k: 1024, K: 1024, M: 1 << 20, G: 1 << 30, kB: 1000, MB: 1_000_000 };

interface Amount {
  readonly sign: string;
  readonly count: number;
  readonly isBytes: boolean;
}

function amountOf(name: string, value: string): Amount {
  const [, sign = '', digits, unit = ''] = /^([-+]?)(\d+)([bkKMG]|kB|MB)?$/.exec(value) ?? [];
  if (digits === undefined) throw new ToolError(`invalid number of ${name === 'c' ? 'bytes' : 'lines'}: '${value}'`);
  return { sign, count: Number(digits) * (units[unit] ?? 1), isBytes: name === 'c' };
}

/** Splits into lines that keep their separator, or into bytes. */
function partsOf(text: string, { isBytes, separator }: { readonly isBytes: boolean; readonly separator: string }): string[] {
  if (isBytes) return [...Buffer.from(text).toString('latin1')];
  const lines = linesOf(text, separator).map((line) => line + separator);
  const last = lines.at(-1);
  if (last !== undefined && !text.endsWith(separator)) lines[lines.length - 1] = last.slice(0, -separator.length);
  return lines;
}

function headOf<T>(parts: readonly T[], { sign, count }: Amount): readonly T[] {
  return sign === '-' ? parts.slice(0, Math.max(0, parts.length - count)) : parts.slice(0, count);
}

function tailOf<T>(parts: readonly T[], { sign, count }: Amount): readonly T[] {
  if (sign === '+') return parts.slice(Math.max(0, count - 1));
  return count === 0 ? [] : parts.slice(-count);
}

type End = 'head' | 'tail';

function checkedWords(tool: ToolRun, name: End): string[] {
  if (tool.given.some((word) => /^-(?:f|F|-follow)/.test(word))) {
    throw new ToolError('-f is not supported in this sandbox, because no other process can write to the file');
  }
  return tool.given.map((word, index) => (name === 'tail' && index === 0 ? word.replace(/^\+(\d+)$/, '-n+$1') : word));
}

function chosenPart(
  text: string,
  { name, amount, separator }: { readonly name: End; readonly amount: Amount; readonly separator: string },
): string {
  const parts = partsOf(text, { isBytes: amount.isBytes, separator });
  return (name === 'head' ? headOf(parts, amount) : tailOf(parts, amount)).join('');
}

interface EndRequest {
  readonly name: End;
  readonly amount: Amount;
  readonly separator: string;
  readonly showsNames: boolean;
}

async function printFiles(tool: ToolRun, files: readonly string[], request: EndRequest): Promise<void> {
  let gap = '';
  for (const file of files) {
    const text = await tool.tryRead(file);
    if (text === undefined) continue;
    if (request.showsNames) tool.print(`${gap}==> ${file === '-' ? 'standard input' : file} <==\n`);
    gap = '\n';
    const chosen = chosenPart(text, request);
    if (request.amount.isBytes) tool.printBytes(chosen);
    else tool.print(chosen);
  }
}

async function runEnd(tool: ToolRun, name: End): Promise<void> {
  const given = readOptions(checkedWords(tool, name), { flags: 'qvz', values: 'cn', long, digits: 'n' });
  const names = namesOf(given);
  const option = given.options.findLast(({ name: each }) => each === 'c' || each === 'n') ?? { name: 'n', value: '10' };
  const files = given.operands.length === 0 ? ['-'] : given.operands;
  await printFiles(tool, files, {
    name,
    amount: amountOf(option.name, option.value),
    separator: names.has('z') ? '\0' : '\n',
    showsNames: names.has('v') || (files.length > 1 && !names.has('q')),
  });
}

/** Implements GNU head and tail. */
export const headCommand: Command = toolCommand('head', (tool) => runEnd(tool, 'head'));
export const tailCommand: Command = toolCommand('tail', (tool) => runEnd(tool, 'tail'));
