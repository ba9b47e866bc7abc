import { type Figure, middle, worst } from './figures.ts';
import { memoryFigures } from './memory-figures.ts';
import { runCase } from './run-case.ts';

/** Measures the embedded back end. Times are medians, and delays are maximums. */
export async function embeddedFigures(runs: number): Promise<Figure[]> {
  const processes = Math.max(1, Math.ceil(runs / 4));
  const options = { backend: 'embedded', processes, runs } as const;
  const first = await runCase('first-result', options);
  const warm = await runCase('warm-blocks', { ...options, processes: 1 });
  const loop = await runCase('event-loop', options);
  const memory = await runCase('output-memory', options);
  return [
    { name: 'first Python result, measured from the import of the library', unit: 'ms', bar: 1500, ...middle(first['first']) },
    { name: 'first Python result, measured from the start of the process', unit: 'ms', ...middle(first['firstFromProcessStart']) },
    { name: 'warm Python block', unit: 'ms', bar: 100, ...middle(warm['python']) },
    { name: 'warm JavaScript block', unit: 'ms', bar: 50, ...middle(warm['javascript']) },
    { name: 'warm shell block', unit: 'ms', ...middle(warm['sh']) },
    { name: "maximum delay of the caller's event loop: start", unit: 'ms', bar: 50, ...worst(loop['starting']) },
    { name: "maximum delay of the caller's event loop: endless loop and its end", unit: 'ms', bar: 50, ...worst(loop['computing']) },
    { name: "maximum delay of the caller's event loop: 20 MB of output", unit: 'ms', bar: 50, ...worst(loop['flooding']) },
    { name: "maximum delay of the caller's event loop: stop", unit: 'ms', bar: 50, ...worst(loop['stopping']) },
    ...memoryFigures(memory),
  ];
}
