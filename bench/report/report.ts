/** Samples by name of the figure. Each case prints one such object as JSON. */
export type Samples = Record<string, number[]>;

export const BACKENDS = ['embedded', 'docker', 'pod'] as const;
export type Backend = (typeof BACKENDS)[number];

const DEFAULT_RUNS = 20;

/** Prints the samples of a case. The process that started the case reads them. */
export function report(samples: Samples): void {
  console.log(JSON.stringify(samples));
}

/** Returns the number of samples that a case takes for each figure. */
export function readRuns(): number {
  return Number(process.env['BENCH_RUNS'] ?? DEFAULT_RUNS);
}

/** Returns the back end that the case measures. */
export function readBackend(): Backend {
  return BACKENDS.find((name) => name === process.env['BENCH_BACKEND']) ?? 'embedded';
}
