/**
 * The ways in which an execution can end.
 *
 * `ok` and `failed` mean that the program ended by itself. `refused` means that no program was started.
 * Every other outcome is the cause that ended the program.
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

/** The way in which an execution ended. See {@link OUTCOMES}. */
export type Outcome = (typeof OUTCOMES)[number];

/** The outcomes of a process that started but did not end by itself. */
export type LostOutcome = Exclude<Outcome, 'ok' | 'failed' | 'cancelled' | 'refused'>;
