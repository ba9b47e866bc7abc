import type { Command } from 'just-bash';
import { linesOf, type ToolRun, toolCommand } from './tool.ts';
import { type GivenOptions, namesOf, optionValue, readOptions, ToolError } from './tool-options.ts';

interface Range {
  readonly first: number;
  readonly last: number;
}

interface Request {
  readonly isFields: boolean;
  readonly ranges: readonly Range[];
  readonly delimiter: string;
  readonly joiner: string | undefined;
  readonly omitsOthers: boolean;
  readonly isComplement: boolean;
}

function rangeOf(part: string, what: string): Range {
  const [, first, dash, last] = /^(\d*)(-?)(\d*)$/.exec(part) ?? [];
  if (first === undefined || (first === '' && last === '')) throw new ToolError(`invalid ${what} value '${part}'`);
  const range = { first: Number(first || 1), last: dash ? Number(last || Number.MAX_SAFE_INTEGER) : Number(first) };
  if (range.first === 0 || range.last === 0) throw new ToolError(`${what}s are numbered from 1`);
  if (range.first > range.last) throw new ToolError('invalid decreasing range');
  return range;
}

function requestOf(given: GivenOptions): Request {
  const names = namesOf(given);
  const kinds = given.options.filter(({ name }) => 'bcf'.includes(name));
  const [list] = kinds;
  if (list === undefined) throw new ToolError('you must specify a list of bytes, characters, or fields');
  if (kinds.length > 1) throw new ToolError('only one list may be specified');
  const isFields = list.name === 'f';
  const delimiter = optionValue(given, 'd') ?? '\t';
  if (Buffer.byteLength(delimiter) > 1) throw new ToolError('the delimiter must be a single character');
  if (!isFields && (names.has('d') || names.has('s'))) throw new ToolError('the options -d and -s need -f');
  const joiner = optionValue(given, 'output-delimiter');
  return {
    isFields,
    ranges: list.value.split(/[, ]/).map((part) => rangeOf(part, isFields ? 'field' : 'byte/character position')),
    delimiter,
    joiner: joiner === undefined ? undefined : Buffer.from(joiner).toString('latin1'),
    omitsOthers: names.has('s'),
    isComplement: names.has('complement'),
  };
}

/** Returns the chosen positions in ascending order, in groups of adjacent positions. */
function groupsOf(count: number, { ranges, isComplement, isFields }: Request): number[][] {
  const groups: number[][] = [];
  for (let position = 1; position <= count; position += 1) {
    if (ranges.some(({ first, last }) => position >= first && position <= last) === isComplement) continue;
    const last = groups.at(-1);
    const continues = last?.at(-1) === position - 1 && (isFields || isComplement || !ranges.some(({ first }) => first === position));
    if (continues) last?.push(position);
    else groups.push([position]);
  }
  return groups;
}

function cutLine(line: string, request: Request): string | undefined {
  const { isFields, delimiter, joiner, omitsOthers } = request;
  const parts = isFields ? line.split(delimiter) : [...line];
  if (isFields && parts.length === 1) return omitsOthers ? undefined : line;
  const groups = groupsOf(parts.length, request).map((group) => group.map((position) => parts[position - 1] ?? ''));
  if (isFields) return groups.flat().join(joiner ?? delimiter);
  return groups.map((group) => group.join('')).join(joiner ?? '');
}

async function cut(tool: ToolRun): Promise<void> {
  const given = readOptions(tool.given, {
    flags: 'sn',
    values: 'bcfd',
    long: {
      'bytes=': 'b',
      'characters=': 'c',
      'fields=': 'f',
      'delimiter=': 'd',
      'only-delimited': 's',
      complement: 'complement',
      'output-delimiter=': 'output-delimiter',
    },
  });
  const request = requestOf(given);
  for (const name of given.operands.length === 0 ? ['-'] : given.operands) {
    // The usual cut counts bytes even for -c.
    for (const line of linesOf((await tool.tryReadBytes(name)) ?? '')) {
      const result = cutLine(line, request);
      if (result !== undefined) tool.printBytes(`${result}\n`);
    }
  }
}

export const cutCommand: Command = toolCommand('cut', cut);
