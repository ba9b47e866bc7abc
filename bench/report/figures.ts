import { median } from './run-case.ts';

/** A measured figure and its bar, which is the goal for the figure. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: 'ms' | 'MiB' | 'x' | 'calls';
  /** Maximum value at which the figure meets its goal. Undefined if there is no goal. */
  readonly bar?: number;
  readonly samples: number;
}

type Measured = Pick<Figure, 'value' | 'samples'>;

/** Returns the median and the number of the samples. */
export function middle(values: readonly number[] = []): Measured {
  return { value: median(values), samples: values.length };
}

/** Returns the maximum and the number of the samples. */
export function worst(values: readonly number[] = []): Measured {
  return { value: Math.max(...values), samples: values.length };
}

/** Returns the figures as a Markdown table. */
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
  if (value >= 100) return value.toFixed(0);
  return value >= 1 || value === 0 ? value.toFixed(1) : value.toFixed(3);
}
