import { malformedAnswer } from '@sandpod/core/backend';
import { LauncherLost } from './launcher-failure.ts';

/** A launcher's report at the end of a run. */
export interface RunEnding {
  readonly exitCode: number;
  /** True if the guard in the sandbox ended the program at its time limit. */
  readonly isExpired: boolean;
  /** True if the kernel killed a process in the sandbox during the run because memory ran out. */
  readonly isOutOfMemory: boolean;
}

/** The exit code, then 1 if the time limit was reached and otherwise 0, then the number of processes that the kernel killed. */
const ENDING = /^(\d{1,3})? ([01]) (\d{1,20})$/;

/**
 * Parses a launcher's report at the end of a run.
 *
 * @throws {LauncherLost} if any part of the answer is malformed, so that an exit code is never guessed.
 */
export function parseRunEnding(answer: string): RunEnding {
  const [, exitCode = '', expired, kills] = ENDING.exec(answer) ?? [];
  const isExpired = expired === '1';
  if (kills === undefined || Number(exitCode) > 255 || (exitCode === '' && !isExpired)) {
    throw new LauncherLost({ cause: malformedAnswer('an exit code', answer) });
  }
  return { exitCode: Number(exitCode), isExpired, isOutOfMemory: !/^0+$/.test(kills) };
}
