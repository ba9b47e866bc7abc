import { addAbortListener } from 'node:events';
import type { Launcher } from './launcher.ts';
import type { LauncherPool } from './launcher-pool.ts';

/** Time limit in milliseconds for one round, including the opening of its launcher. In the sandbox, a round takes at most five seconds. */
const ROUND_MS = 15_000;
const ROUNDS = 2;

/**
 * Ends every process in the sandbox except those that keep the machine alive. Resolves with false if a process may have survived.
 * Afterwards, all other launchers have ended.
 *
 * Programs run as the launchers' user. They may have tampered with idle launchers, so each round opens a new launcher. Programs that are
 * still running could mislead the launcher of the first round, so there is a second round.
 */
export async function endProcesses(pool: LauncherPool, abortSignal: AbortSignal | undefined): Promise<boolean> {
  return pool.whileClosed(async (open) => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const giveUp = AbortSignal.any([AbortSignal.timeout(ROUND_MS), ...(abortSignal === undefined ? [] : [abortSignal])]);
      if (!(await endWith(open, giveUp))) return false;
    }
    return true;
  });
}

async function endWith(open: (abortSignal: AbortSignal) => Promise<Launcher>, giveUp: AbortSignal): Promise<boolean> {
  const launcher = await open(giveUp);
  using _ = addAbortListener(giveUp, () => launcher.destroy(giveUp.reason));
  try {
    return (await launcher.request('end').ended) === '0';
  } finally {
    launcher.destroy();
  }
}
