import type { Samples } from './report.ts';
import { median } from './run-case.ts';

/** One measured figure with its bar. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: 'ms' | 'MiB' | 'x';
  /** The figure has to be at most this; undefined where there is no bar. */
  readonly bar?: number;
  readonly samples: number;
}

const MiB = 1024 * 1024;

/** The figures of all cases, medians except for the longest delays, of which the worst counts. */
export function toFigures(cases: Readonly<Record<'first' | 'warm' | 'loop' | 'memory', Samples>>): Figure[] {
  const { first, warm, loop, memory } = cases;
  const middle = (values: readonly number[] = []): Pick<Figure, 'value' | 'samples'> => ({ value: median(values), samples: values.length });
  const worst = (values: readonly number[] = []): Pick<Figure, 'value' | 'samples'> => ({
    value: Math.max(...values),
    samples: values.length,
  });
  const kept = median(memory['kept'] ?? []);
  const scaled = (values: readonly number[] = [], by: number): number[] => values.map((value) => value / by);
  return [
    { name: 'first Python result, from importing the library', unit: 'ms', bar: 1500, ...middle(first['first']) },
    { name: 'first Python result, from the start of the process', unit: 'ms', ...middle(first['firstFromProcessStart']) },
    { name: 'warm Python block', unit: 'ms', bar: 100, ...middle(warm['python']) },
    { name: 'warm JavaScript block', unit: 'ms', bar: 50, ...middle(warm['javascript']) },
    { name: 'warm shell block', unit: 'ms', ...middle(warm['sh']) },
    { name: "caller's event loop, worst delay: start", unit: 'ms', bar: 50, ...worst(loop['starting']) },
    { name: "caller's event loop, worst delay: endless loop and its end", unit: 'ms', bar: 50, ...worst(loop['computing']) },
    { name: "caller's event loop, worst delay: 20 MB of output", unit: 'ms', bar: 50, ...worst(loop['flooding']) },
    { name: "caller's event loop, worst delay: stop", unit: 'ms', bar: 50, ...worst(loop['stopping']) },
    { name: '100 MB of output, time', unit: 'ms', ...middle(memory['durationMs']) },
    { name: '100 MB of output, kept', unit: 'MiB', value: kept / MiB, samples: memory['kept']?.length ?? 0 },
    {
      name: "100 MB of output, growth of the caller's memory in use, times what is kept",
      unit: 'x',
      bar: 5,
      ...middle(scaled(memory['live'], kept)),
    },
    {
      name: "100 MB of output, growth of the caller's resident memory, times what is kept",
      unit: 'x',
      bar: 5,
      ...middle(scaled(memory['resident'], kept)),
    },
  ];
}

/** The figures as a Markdown table. */
export function toMarkdown(figures: readonly Figure[]): string {
  const rows = figures.map(
    ({ name, value, unit, bar, samples }) => `| ${name} | ${format(value)} ${unit} | ${describeBar({ value, unit, bar })} | ${samples} |`,
  );
  return ['| figure | measured | bar | samples |', '|---|---|---|---|', ...rows].join('\n');
}

function describeBar({ value, unit, bar }: { readonly value: number; readonly unit: string; readonly bar: number | undefined }): string {
  if (bar === undefined) return '';
  return `${value <= bar ? 'met' : '**missed**'}: at most ${bar} ${unit}`;
}

function format(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(1);
}
