import type { Command } from 'just-bash';
import { compileRegex } from './posix-regex.ts';
import { linesOf, type ToolRun, toolCommand } from './tool.ts';
import { type GivenOptions, optionValue, readOptions, ToolError } from './tool-options.ts';

const LONG = {
  'body-numbering=': 'b',
  'number-format=': 'n',
  'number-separator=': 's',
  'starting-line-number=': 'v',
  'line-increment=': 'i',
  'number-width=': 'w',
};

function numberOption(given: GivenOptions, name: string, otherwise: number): number {
  const value = optionValue(given, name) ?? String(otherwise);
  if (!/^-?\d{1,9}$/.test(value)) throw new ToolError(`invalid value of -${name}: '${value}'`);
  return Number(value);
}

/** Returns whether a line gets a number. */
function selection(style: string): (line: string) => boolean {
  if (style === 'a') return () => true;
  if (style === 't') return (line) => line !== '';
  if (style === 'n') return () => false;
  if (!style.startsWith('p')) throw new ToolError(`invalid body numbering style: '${style}'`);
  const pattern = compileRegex(style.slice(1), { syntax: { type: 'basic' } });
  return (line) => pattern.test(line);
}

function formatter(format: string, width: number): (value: number) => string {
  if (format === 'ln') return (value) => String(value).padEnd(width);
  if (format === 'rn') return (value) => String(value).padStart(width);
  if (format === 'rz') return (value) => (value < 0 ? `-${String(-value).padStart(width - 1, '0')}` : String(value).padStart(width, '0'));
  throw new ToolError(`invalid line numbering format: '${format}'`);
}

async function nl(tool: ToolRun): Promise<void> {
  const given = readOptions(tool.given, { flags: '', values: 'bnsviw', long: LONG });
  const isNumbered = selection(optionValue(given, 'b') ?? 't');
  const width = numberOption(given, 'w', 6);
  const show = formatter(optionValue(given, 'n') ?? 'rn', width);
  const separator = optionValue(given, 's') ?? '\t';
  const increment = numberOption(given, 'i', 1);
  let next = numberOption(given, 'v', 1);
  for (const line of await readLines(tool, given.operands)) {
    if (/^(?:\\:){1,3}$/.test(line)) throw new ToolError('sections (\\:\\:\\:) are not supported in this sandbox');
    const isCounted = isNumbered(line);
    tool.print(`${isCounted ? show(next) + separator : ' '.repeat(width + separator.length)}${line}\n`);
    if (isCounted) next += increment;
  }
}

async function readLines(tool: ToolRun, files: readonly string[]): Promise<string[]> {
  const lines: string[] = [];
  for (const file of files.length === 0 ? ['-'] : files) for (const line of linesOf((await tool.tryRead(file)) ?? '')) lines.push(line);
  return lines;
}

/** Implements GNU nl, but without sections. */
export const nlCommand: Command = toolCommand('nl', nl);
