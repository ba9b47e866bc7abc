/** Samples by name; each case prints one such document. */
export type Samples = Record<string, number[]>;

export const BACKENDS = ['embedded', 'docker', 'pod'] as const;
export type Backend = (typeof BACKENDS)[number];

const DEFAULT_RUNS = 20;

/** Hands the samples of a case to the process that started it. */
export function report(samples: Samples): void {
  console.log(JSON.stringify(samples));
}

/** How many samples a case takes of each figure. */
export function readRuns(): number {
  return Number(process.env['BENCH_RUNS'] ?? DEFAULT_RUNS);
}

/** The back end that a case measures. */
export function readBackend(): Backend {
  return BACKENDS.find((name) => name === process.env['BENCH_BACKEND']) ?? 'embedded';
}
