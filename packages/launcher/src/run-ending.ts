import { LauncherLost } from './launcher-failure.ts';

/** What a launcher reports at the end of a run. */
export interface RunEnding {
  readonly exitCode: number;
  /** The guard inside the sandbox ended the program at its time limit. */
  readonly isExpired: boolean;
  /** The kernel killed a process of the sandbox for lack of memory during the run. */
  readonly isOutOfMemory: boolean;
}

/** @throws {LauncherLost} when the answer has no exit code, so that none is ever guessed. */
export function parseRunEnding(answer: string): RunEnding {
  const [exitCode = '', expired = '', kills = ''] = answer.split(' ');
  const isExpired = expired === '1';
  if (!isExpired && !/^\d{1,3}$/.test(exitCode)) throw new LauncherLost({ cause: new Error('The launcher reported no exit code.') });
  return { exitCode: Number(exitCode), isExpired, isOutOfMemory: kills !== '0' };
}
