import { malformedAnswer } from '@sandpod/core/backend';
import { LauncherLost } from './launcher-failure.ts';

/** What a launcher reports at the end of a run. */
export interface RunEnding {
  readonly exitCode: number;
  /** The guard inside the sandbox ended the program at its time limit. */
  readonly isExpired: boolean;
  /** The kernel killed a process of the sandbox for lack of memory during the run. */
  readonly isOutOfMemory: boolean;
}

/** The status of a program and of the launcher's own work; then whether the limit was reached; then how often the kernel killed. */
const ENDING = /^(\d{1,3})? ([01]) (\d{1,20})$/;

/** @throws {LauncherLost} when the answer is not wholly well-formed, so that an exit code is never guessed. */
export function parseRunEnding(answer: string): RunEnding {
  const [, exitCode = '', expired, kills] = ENDING.exec(answer) ?? [];
  const isExpired = expired === '1';
  if (kills === undefined || Number(exitCode) > 255 || (exitCode === '' && !isExpired)) {
    throw new LauncherLost({ cause: malformedAnswer('an exit code', answer) });
  }
  return { exitCode: Number(exitCode), isExpired, isOutOfMemory: !/^0+$/.test(kills) };
}
