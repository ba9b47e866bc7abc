import { type Figure, middle, worst } from './figures.ts';
import { memoryFigures } from './memory-figures.ts';
import { median, runCase } from './run-case.ts';

/** Measures the embedded back end. Times are medians, and delays are maximums. */
export async function embeddedFigures(runs: number): Promise<Figure[]> {
  const processes = Math.max(1, Math.ceil(runs / 4));
  const options = { backend: 'embedded', processes, runs } as const;
  const command = await runCase('command', { ...options, processes: 1, runs: processes });
  const first = await runCase('first-result', options);
  const warm = await runCase('warm-blocks', { ...options, processes: 1 });
  const rest = await runCase('at-rest', { ...options, processes: 1 });
  const loop = await runCase('event-loop', options);
  const memory = await runCase('output-memory', options);
  const bareMs = median(command['bareNode'] ?? []);
  const withMultiple = (name: string, values: readonly number[] | undefined, bar: number): Figure[] => {
    const measured = middle(values);
    return [
      { name, unit: 'ms', bar, ...measured },
      { name: `${name}, as a multiple of bare Node's start`, unit: 'x', ...measured, value: measured.value / bareMs },
    ];
  };
  const inMebibytes = (values: readonly number[] | undefined) => middle(values?.map((bytes) => bytes / 2 ** 20));
  return [
    { name: 'start and end of bare Node', unit: 'ms', ...middle(command['bareNode']) },
    ...withMultiple('`sandpod run` of `print(1)`', command['run'], 700),
    ...withMultiple('first Python result, from the import of the library', first['first'], 500),
    { name: 'first Python result, from the start of the process', unit: 'ms', ...middle(first['firstFromProcessStart']) },
    ...withMultiple('warm Python block', warm['python after a pause'], 40),
    ...withMultiple('warm JavaScript block', warm['javascript after a pause'], 15),
    ...withMultiple('warm shell block', warm['sh after a pause'], 30),
    { name: 'warm Python block, without a pause', unit: 'ms', ...middle(warm['python']) },
    { name: 'warm JavaScript block, without a pause', unit: 'ms', ...middle(warm['javascript']) },
    { name: 'warm shell block, without a pause', unit: 'ms', ...middle(warm['sh']) },
    { name: 'resident memory of an idle sandbox: started', unit: 'MiB', bar: 120, ...inMebibytes(rest['started']) },
    { name: 'resident memory of an idle sandbox: after a block of each language', unit: 'MiB', ...inMebibytes(rest['used']) },
    { name: "maximum delay of the caller's event loop: start", unit: 'ms', bar: 50, ...worst(loop['starting']) },
    { name: "maximum delay of the caller's event loop: endless loop and its end", unit: 'ms', bar: 50, ...worst(loop['computing']) },
    { name: "maximum delay of the caller's event loop: 20 MB of output", unit: 'ms', bar: 50, ...worst(loop['flooding']) },
    { name: "maximum delay of the caller's event loop: stop", unit: 'ms', bar: 50, ...worst(loop['stopping']) },
    ...memoryFigures(memory),
  ];
}
