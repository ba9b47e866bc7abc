import type { Command } from 'just-bash';
import { linesOf, type ToolRun, toolCommand } from './tool.ts';
import { namesOf, optionValue, readOptions } from './tool-options.ts';

/** Returns the delimiters of `-d`, which are used in turn. `\0` means no delimiter. */
function delimitersOf(value: string): string[] {
  const controls: Readonly<Record<string, string>> = { n: '\n', t: '\t', '0': '', '\\': '\\' };
  const list = [...value.matchAll(/\\([\s\S])|[\s\S]/gu)].map(([part, escaped]) =>
    escaped === undefined ? part : (controls[escaped] ?? escaped),
  );
  return list.length === 0 ? [''] : list;
}

function joined(parts: readonly string[], delimiters: readonly string[]): string {
  return parts.map((part, index) => (index === 0 ? part : (delimiters[(index - 1) % delimiters.length] ?? '') + part)).join('');
}

/** Returns the lines for one occurrence of `-`. If `-` occurs several times, the occurrences take turns in reading standard input. */
function turnOf(
  lines: readonly string[],
  { turn, inputs, isSerial }: { readonly turn: number; readonly inputs: number; readonly isSerial: boolean },
): string[] {
  if (!isSerial) return lines.filter((_, index) => index % inputs === turn);
  return turn === 0 ? [...lines] : [];
}

async function readColumns(tool: ToolRun, { files, separator, isSerial }: PasteFiles): Promise<string[][] | undefined> {
  const inputs = files.filter((name) => name === '-').length;
  const columns: string[][] = [];
  let turn = 0;
  for (const name of files) {
    const text = await tool.tryRead(name);
    if (text === undefined) return undefined;
    const lines = linesOf(text, separator);
    columns.push(name === '-' ? turnOf(lines, { turn, inputs, isSerial }) : lines);
    if (name === '-') turn += 1;
  }
  return columns;
}

interface PasteFiles {
  readonly files: readonly string[];
  readonly separator: string;
  readonly isSerial: boolean;
}

async function paste(tool: ToolRun): Promise<void> {
  const given = readOptions(tool.given, { flags: 'sz', values: 'd', long: { serial: 's', 'delimiters=': 'd', 'zero-terminated': 'z' } });
  const names = namesOf(given);
  const separator = names.has('z') ? '\0' : '\n';
  const delimiters = delimitersOf(optionValue(given, 'd') ?? '\t');
  const files = given.operands.length === 0 ? ['-'] : given.operands;
  const columns = await readColumns(tool, { files, separator, isSerial: names.has('s') });
  if (!columns) return;
  const count = columns.reduce((most, { length }) => Math.max(most, length), 0);
  const rows = Array.from({ length: count }, (_, row) => columns.map((lines) => lines[row] ?? ''));
  for (const parts of names.has('s') ? columns : rows) tool.print(joined(parts, delimiters) + separator);
}

/** Implements GNU paste. */
export const pasteCommand: Command = toolCommand('paste', paste);
