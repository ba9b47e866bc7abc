import type { Command } from 'just-bash';
import { readAllBytes, squeezedLines, visibleText } from './dump-lines.ts';
import { type DumpType, readDumpTypes } from './dump-types.ts';
import { type ToolRun, toolCommand } from './tool.ts';
import { type GivenOptions, optionValue, readOptions, ToolError } from './tool-options.ts';

/** Options that stand for a type. */
const SHORT_TYPES: Readonly<Record<string, string>> = { a: 'a', b: 'o1', c: 'c', d: 'u2', i: 'dI', l: 'dL', o: 'o2', s: 'd2', x: 'x2' };
const RADIXES: Readonly<Record<string, (at: number) => string>> = {
  o: (at) => at.toString(8).padStart(7, '0'),
  d: (at) => at.toString().padStart(7, '0'),
  x: (at) => at.toString(16).padStart(6, '0'),
  n: () => '',
};
const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  b: 512,
  k: 1024,
  K: 1024,
  KB: 1000,
  kB: 1000,
  m: 1 << 20,
  M: 1 << 20,
  MB: 1_000_000,
};
const LONG = {
  'address-radix=': 'A',
  'skip-bytes=': 'j',
  'read-bytes=': 'N',
  'format=': 't',
  'output-duplicates': 'v',
  'width=?': 'w',
};

function sizeOf(text: string): number {
  const [, digits, unit = ''] = /^(0x[0-9a-f]+|\d+)([bkKmM]B?|)$/i.exec(text) ?? [];
  const factor = UNITS[unit];
  if (digits === undefined || factor === undefined) throw new ToolError(`invalid number of bytes '${text}'`);
  return (digits.startsWith('0') && /^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits)) * factor;
}

function typesOf({ options }: GivenOptions): DumpType[] {
  const texts = options.flatMap(({ name, value }) => (name === 't' ? [value] : (SHORT_TYPES[name] ?? [])));
  return (texts.length === 0 ? ['o2'] : texts).flatMap(readDumpTypes);
}

function valueAt(bytes: Uint8Array, at: number, size: number): bigint {
  let value = 0n;
  for (let index = size - 1; index >= 0; index -= 1) value = (value << 8n) | BigInt(bytes[at + index] ?? 0);
  return value;
}

/** Formats a line of bytes as values of one type. A whole line has `lineBytes`, which every type fills to `lineWidth` characters. */
function values(
  bytes: Uint8Array,
  type: DumpType,
  { lineBytes, lineWidth }: { readonly lineBytes: number; readonly lineWidth: number },
): string {
  const fields = lineBytes / type.bytes;
  const padding = lineWidth - fields * (type.width + 1);
  let left = padding;
  let line = '';
  for (let field = 0; field < fields; field += 1) {
    const next = Math.floor((padding * (fields - field - 1)) / fields);
    const width = left - next + type.width + 1;
    left = next;
    const at = field * type.bytes;
    if (at < bytes.length) line += type.show(valueAt(bytes, at, type.bytes)).padStart(width);
    else if (type.hasText) line += ' '.repeat(width);
  }
  return type.hasText ? `${line}  >${visibleText(bytes)}<` : line;
}

interface Layout {
  readonly types: readonly DumpType[];
  readonly address: (at: number) => string;
  readonly lineBytes: number;
  readonly showsAll: boolean;
  readonly skipped: number;
}

function printLines(tool: ToolRun, bytes: Uint8Array, { types, address, lineBytes, showsAll, skipped }: Layout): void {
  const lineWidth = Math.max(...types.map((type) => (lineBytes / type.bytes) * (type.width + 1)));
  const printLine = (line: Uint8Array, first: string): void => {
    for (const [index, type] of types.entries()) {
      tool.print(`${index === 0 ? first : ' '.repeat(first.length)}${values(line, type, { lineBytes, lineWidth })}\n`);
    }
  };
  for (const line of squeezedLines(bytes, { size: lineBytes, showsAll })) {
    if (line === '*') tool.print('*\n');
    else printLine(line.bytes, address(skipped + line.at));
  }
  const last = address(skipped + bytes.length);
  if (last !== '') tool.print(`${last}\n`);
}

async function od(tool: ToolRun): Promise<void> {
  const words = tool.given.map((word) => word.replace(/^-w$/, '-w32'));
  const given = readOptions(words, { flags: `v${Object.keys(SHORT_TYPES).join('')}`, values: 'AjNtw', long: LONG });
  const types = typesOf(given);
  const address = RADIXES[optionValue(given, 'A') ?? 'o'];
  if (address === undefined)
    throw new ToolError(`invalid output address radix '${optionValue(given, 'A')}'; it must be one character from [doxn]`);
  const largest = Math.max(...types.map(({ bytes }) => bytes));
  const lineBytes = Number(optionValue(given, 'w') ?? 16);
  if (!(lineBytes > 0) || lineBytes % largest !== 0) throw new ToolError(`invalid line width '${optionValue(given, 'w')}'`);
  const skipped = sizeOf(optionValue(given, 'j') ?? '0');
  const limit = optionValue(given, 'N');
  const all = await readAllBytes(tool, given.operands);
  if (tool.exitCode > 0 && all.length === 0) return;
  if (skipped > all.length) throw new ToolError('cannot skip past end of combined input');
  const bytes = all.subarray(skipped, limit === undefined ? undefined : skipped + sizeOf(limit));
  printLines(tool, bytes, { types, address, lineBytes, showsAll: given.options.some(({ name }) => name === 'v'), skipped });
}

/** Implements GNU od, but without floating-point types. */
export const odCommand: Command = toolCommand('od', od);
