/**
 * The ways in which an execution can end.
 *
 * `ok` and `failed` mean that the program ended by itself. Every other outcome names what ended it.
 * `refused` means that nothing was started.
 */
export const OUTCOMES = [
  'ok',
  'failed',
  'timeout',
  'cancelled',
  'output-limit',
  'memory-limit',
  'disk-limit',
  'cpu-limit',
  'evicted',
  'session-lost',
  'transport',
  'refused',
] as const;

/** How an execution ended; see {@link OUTCOMES}. */
export type Outcome = (typeof OUTCOMES)[number];

/** The outcomes of a process that started but did not end by itself. */
export type LostOutcome = Exclude<Outcome, 'ok' | 'failed' | 'cancelled' | 'refused'>;
