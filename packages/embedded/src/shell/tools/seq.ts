import type { Command } from 'just-bash';
import { formatText } from './awk/format.ts';
import { type ToolRun, toolCommand } from './tool.ts';
import { namesOf, optionValue, readOptions, ToolError } from './tool-options.ts';

/** For more numbers, the seq of just-bash checks the limits of the sandbox. */
const MOST_NUMBERS = 1_000_000;
const FORMAT = /^(?:[^%]|%%)*%[-+ 0#']*\d*(?:\.\d*)?[efgEFG](?:[^%]|%%)*$/;
const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;
/** Negative numbers are operands, not options. */
const isNegative = (word: string): boolean => /^-[\d.]/.test(word);

function decimalsOf(text: string): number {
  return /[eE]/.test(text) ? 0 : (/\.(\d*)$/.exec(text)?.[1]?.length ?? 0);
}

function separate(given: readonly string[]): { readonly options: string[]; readonly numbers: string[] } {
  const start = given.findIndex((word, index) => isNegative(word) && !['-f', '-s'].includes(given[index - 1] ?? ''));
  return start < 0 ? { options: [...given], numbers: [] } : { options: given.slice(0, start), numbers: given.slice(start) };
}

async function seq(tool: ToolRun): Promise<void> {
  const { options, numbers } = separate(tool.given);
  const given = readOptions(options, {
    flags: 'w',
    values: 'fs',
    long: { 'format=': 'f', 'separator=': 's', 'equal-width': 'w' },
    stopsAtOperand: true,
  });
  const texts = [...given.operands, ...numbers];
  if (texts.length === 0) throw new ToolError('missing operand');
  if (texts.length > 3) throw new ToolError(`extra operand '${texts[3]}'`);
  const wrong = texts.find((text) => !NUMBER.test(text));
  if (wrong !== undefined) throw new ToolError(`invalid floating point argument: '${wrong}'`);
  const last = texts.at(-1) ?? '';
  const first = texts.length > 1 ? (texts[0] ?? '') : '1';
  const step = texts.length > 2 ? (texts[1] ?? '') : '1';
  const all = sequence({ first: Number(first), step: Number(step), last: Number(last) });
  if (all === undefined) return delegate(tool);
  const show = formatOf({ format: optionValue(given, 'f'), decimals: Math.max(decimalsOf(first), decimalsOf(step)) });
  print(tool, all.map(show), { isWide: namesOf(given).has('w'), separator: optionValue(given, 's') ?? '\n', first, last });
}

function sequence({ first, step, last }: { readonly first: number; readonly step: number; readonly last: number }): number[] | undefined {
  if (step === 0) throw new ToolError("invalid Zero increment value: '0'");
  const count = Math.max(0, Math.floor((last - first) / step + 1e-9) + 1);
  if (count > MOST_NUMBERS) return undefined;
  return Array.from({ length: count }, (_, index) => first + index * step);
}

async function delegate(tool: ToolRun): Promise<void> {
  const result = await tool.shell.origCommand?.([...tool.given]);
  tool.print(result?.stdout ?? '');
  tool.stderr += result?.stderr ?? '';
  tool.exitCode = result?.exitCode ?? 1;
}

function formatOf({ format, decimals }: { readonly format: string | undefined; readonly decimals: number }): (value: number) => string {
  if (format === undefined) return (value) => value.toFixed(decimals);
  if (!FORMAT.test(format)) throw new ToolError(`format '${format}' must have exactly one % directive, such as %g or %.2f`);
  return (value) => formatText(format, [value], String);
}

interface Layout {
  readonly isWide: boolean;
  readonly separator: string;
  readonly first: string;
  readonly last: string;
}

function print(tool: ToolRun, texts: readonly string[], { isWide, separator, first, last }: Layout): void {
  if (texts.length === 0) return;
  const decimals = /\.\d*$/.exec(texts[0] ?? '')?.[0].length ?? 0;
  const width = isWide ? Math.max(...[first, last].map((text) => text.replace(/\.\d*$/, '').length + decimals)) : 0;
  const padded = isWide
    ? texts.map((text) => (text.startsWith('-') ? `-${text.slice(1).padStart(width - 1, '0')}` : text.padStart(width, '0')))
    : texts;
  tool.print(`${padded.join(separator)}\n`);
}

/** Implements GNU seq. */
export const seqCommand: Command = toolCommand('seq', seq);
