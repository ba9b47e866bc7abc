import { addAbortListener } from 'node:events';
import type { Launcher } from './launcher.ts';
import type { LauncherPool } from './launcher-pool.ts';

/** Milliseconds for one round, the opening of its launcher included; inside, a round takes five seconds at most. */
const ROUND_MS = 15_000;
const ROUNDS = 2;

/**
 * Ends every process of the sandbox except those that keep the machine alive; false when one may have survived. All other launchers are
 * gone afterwards.
 *
 * Programs run as the launchers' user. They may have tampered with launchers that waited, so that each round begins a launcher of its own;
 * and while they run they could still mislead the first one, so that there is a second round.
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
