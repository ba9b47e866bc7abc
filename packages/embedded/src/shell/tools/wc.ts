import type { Command } from 'just-bash';
import { type ToolRun, toolCommand } from './tool.ts';
import { namesOf, readOptions } from './tool-options.ts';

type Count = 'l' | 'w' | 'm' | 'c' | 'L';

/** The order in which counts are printed. */
const ORDER: readonly Count[] = ['l', 'w', 'm', 'c', 'L'];
/** The width of a count if the size of the input is not known in advance. */
const PIPE_WIDTH = 7;

interface Counted {
  readonly name: string | undefined;
  readonly counts: Readonly<Record<Count, number>>;
}

function countsOf(bytes: string): Counted['counts'] {
  const text = Buffer.from(bytes, 'latin1').toString('utf8');
  const lines = text.split('\n');
  return {
    l: lines.length - 1,
    w: text.match(/\S+/gu)?.length ?? 0,
    m: [...text].length,
    c: bytes.length,
    L: lines.reduce((longest, line) => Math.max(longest, [...line].length), 0),
  };
}

function sumOf(list: readonly Counted[]): Counted {
  const counts = { l: 0, w: 0, m: 0, c: 0, L: 0 };
  for (const { counts: each } of list) {
    for (const key of ORDER) counts[key] = key === 'L' ? Math.max(counts.L, each.L) : counts[key] + each[key];
  }
  return { name: 'total', counts };
}

async function count(tool: ToolRun): Promise<void> {
  const given = readOptions(tool.given, {
    flags: 'lwmcL',
    long: { lines: 'l', words: 'w', chars: 'm', bytes: 'c', 'max-line-length': 'L' },
  });
  const names = namesOf(given);
  const chosen = names.size === 0 ? (['l', 'w', 'c'] as const) : ORDER.filter((key) => names.has(key));
  const files = given.operands.length === 0 ? [undefined] : given.operands;
  const counted: Counted[] = [];
  for (const name of files) {
    const bytes = await tool.tryReadBytes(name ?? '-');
    if (bytes !== undefined) counted.push({ name, counts: countsOf(bytes) });
  }
  const total = sumOf(counted);
  const rows = files.length > 1 ? [...counted, total] : counted;
  const isPlain = files.length === 1 && chosen.length === 1;
  const readsPipe = files.some((name) => name === undefined || name === '-');
  const width = isPlain ? 1 : Math.max(readsPipe ? PIPE_WIDTH : 1, String(total.counts.c).length);
  for (const { name, counts } of rows) {
    const numbers = chosen.map((key) => String(counts[key]).padStart(width)).join(' ');
    tool.print(`${numbers}${name === undefined ? '' : ` ${name}`}\n`);
  }
}

export const wcCommand: Command = toolCommand('wc', count);
