import type { Command } from 'just-bash';
import { linesOfBytes, readAllBytes, squeezedLines, visibleText } from './dump-lines.ts';
import { type ToolRun, toolCommand } from './tool.ts';
import { namesOf, optionValue, readOptions, ToolError } from './tool-options.ts';

const LINE_BYTES = 16;
const PLAIN_BYTES = 30;

function numberOption(value: string | undefined, otherwise: number): number {
  if (value === undefined) return otherwise;
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 0) throw new ToolError(`invalid number '${value}'`);
  return number;
}

/** Reverses `xxd -p`. */
function unhex(tool: ToolRun, text: string): void {
  const digits = text.replaceAll(/\s+/g, '');
  const [valid = ''] = /^(?:[0-9a-fA-F]{2})*/.exec(digits) ?? [];
  tool.printBytes(Buffer.from(valid, 'hex').toString('latin1'));
}

/** Reverses a dump of xxd with addresses. */
function undump(tool: ToolRun, text: string): void {
  for (const line of text.split('\n')) unhex(tool, /^[0-9a-fA-F]+: ((?:[0-9a-fA-F]+ ?)*)/.exec(line)?.[1] ?? '');
}

interface XxdLayout {
  readonly size: number;
  readonly group: number;
  readonly isUpper: boolean;
  readonly skipped: number;
}

function dump(tool: ToolRun, bytes: Uint8Array, { size, group, isUpper, skipped }: XxdLayout): void {
  const width = size * 2 + Math.ceil(size / group);
  const grouping = new RegExp(`.{1,${group * 2}}`, 'g');
  for (const { at, bytes: line } of linesOfBytes(bytes, size)) {
    const groups = Buffer.from(line).toString('hex').match(grouping)?.join(' ') ?? '';
    const address = (skipped + at).toString(16).padStart(8, '0');
    tool.print(`${address}: ${(isUpper ? groups.toUpperCase() : groups).padEnd(width)} ${visibleText(line)}\n`);
  }
}

async function xxd(tool: ToolRun): Promise<void> {
  const words = tool.given.map((word) => (/^-(?:ps|plain|postscript)$/.test(word) ? '-p' : word));
  const given = readOptions(words, { flags: 'pru', values: 'clsg', long: {} });
  const names = namesOf(given);
  if (given.operands.length > 1) throw new ToolError('an output file is not supported in this sandbox; redirect the output');
  const all = await readAllBytes(tool, given.operands);
  if (names.has('r')) return (names.has('p') ? unhex : undump)(tool, Buffer.from(all).toString('latin1'));
  const skipped = numberOption(optionValue(given, 's'), 0);
  const bytes = all.subarray(skipped, skipped + numberOption(optionValue(given, 'l'), all.length));
  const isUpper = names.has('u');
  const size = numberOption(optionValue(given, 'c'), names.has('p') ? PLAIN_BYTES : LINE_BYTES);
  const group = numberOption(optionValue(given, 'g'), 2);
  if (!names.has('p')) return dump(tool, bytes, { size: size || LINE_BYTES, group: group || size, isUpper, skipped });
  for (const { bytes: line } of linesOfBytes(bytes, size || Math.max(1, bytes.length))) {
    const hex = Buffer.from(line).toString('hex');
    tool.print(`${isUpper ? hex.toUpperCase() : hex}\n`);
  }
}

function canonical(line: Uint8Array): string {
  const half = (part: Uint8Array): string => [...part].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  const right = half(line.subarray(8));
  const digits = right === '' ? half(line) : `${half(line.subarray(0, 8))}  ${right}`;
  return `  ${digits.padEnd(48)}  |${visibleText(line)}|`;
}

function words(line: Uint8Array): string {
  const pairs = Array.from(
    { length: Math.ceil(line.length / 2) },
    (_, index) => (line[index * 2] ?? 0) | ((line[index * 2 + 1] ?? 0) << 8),
  );
  return pairs
    .map((word) => ` ${word.toString(16).padStart(4, '0')}`)
    .join('')
    .padEnd(8 * 5);
}

async function hexdump(tool: ToolRun): Promise<void> {
  const given = readOptions(tool.given, {
    flags: 'Cvx',
    values: 'ns',
    long: { canonical: 'C', 'no-squeezing': 'v', 'length=': 'n', 'skip=': 's' },
  });
  const names = namesOf(given);
  if (names.has('x')) throw new ToolError('-x is not supported in this sandbox; use od -x');
  const isCanonical = names.has('C');
  const all = await readAllBytes(tool, given.operands);
  const skipped = numberOption(optionValue(given, 's'), 0);
  const bytes = all.subarray(skipped, skipped + numberOption(optionValue(given, 'n'), all.length));
  const address = (at: number): string => (skipped + at).toString(16).padStart(isCanonical ? 8 : 7, '0');
  for (const line of squeezedLines(bytes, { size: LINE_BYTES, showsAll: names.has('v') })) {
    if (line === '*') tool.print('*\n');
    else tool.print(`${address(line.at)}${isCanonical ? canonical(line.bytes) : words(line.bytes)}\n`);
  }
  if (bytes.length > 0) tool.print(`${address(bytes.length)}\n`);
}

/** Implements xxd, and hexdump without user-defined formats. */
export const hexDumpCommands: readonly Command[] = [toolCommand('xxd', xxd), toolCommand('hexdump', hexdump)];
