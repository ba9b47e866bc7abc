import { type Figure, middle } from './figures.ts';
import type { Samples } from './report.ts';
import { median } from './run-case.ts';

const MiB = 1024 * 1024;

/** Returns the figures for the memory that the calling process needs for 100 MB of output. */
export function memoryFigures(memory: Samples): Figure[] {
  const kept = median(memory['kept'] ?? []);
  const scaled = (values: readonly number[] = []): number[] => values.map((value) => value / kept);
  return [
    { name: '100 MB of output: time', unit: 'ms', ...middle(memory['durationMs']) },
    { name: '100 MB of output: kept output', unit: 'MiB', value: kept / MiB, samples: memory['kept']?.length ?? 0 },
    {
      name: "100 MB of output: growth of the caller's used memory, as a multiple of the kept output",
      unit: 'x',
      bar: 5,
      ...middle(scaled(memory['live'])),
    },
    {
      name: "100 MB of output, later runs: growth of the caller's resident memory, as a multiple of the kept output",
      unit: 'x',
      bar: 5,
      ...middle(scaled(memory['residentAgain'])),
    },
    {
      name: "100 MB of output, first run: growth of the caller's resident memory, as a multiple of the kept output",
      unit: 'x',
      ...middle(scaled(memory['resident'])),
    },
  ];
}
