import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Backend, Samples } from './report.ts';

const run = promisify(execFile);
const NODE_FLAGS = ['--expose-gc'];

export interface RunCaseOptions {
  readonly processes: number;
  readonly runs: number;
  readonly backend: Backend;
}

/** Runs a case in `options.processes` new processes, one after the other, and joins the samples. */
export async function runCase(name: string, options: RunCaseOptions): Promise<Samples> {
  const file = join(import.meta.dirname, '../cases', `${name}.ts`);
  const env = { ...process.env, BENCH_RUNS: `${options.runs}`, BENCH_BACKEND: options.backend };
  const parts: Samples[] = [];
  for (let index = 0; index < options.processes; index += 1) {
    const { stdout } = await run(process.execPath, [...NODE_FLAGS, file], { env });
    parts.push(JSON.parse(stdout) as Samples);
  }
  return joinSamples(parts);
}

/** Joins the samples of each figure, in the order of the parts. */
export function joinSamples(parts: readonly Samples[]): Samples {
  const joined: Samples = {};
  for (const part of parts) {
    for (const [figure, values] of Object.entries(part)) joined[figure] = [...(joined[figure] ?? []), ...values];
  }
  return joined;
}

/** Returns the median. For an even number of values, this is the lower of the two middle values. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}
