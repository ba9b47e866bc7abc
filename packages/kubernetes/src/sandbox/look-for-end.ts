import { pause } from '../client/pause.ts';

const PAUSE_MS = 250;
/**
 * The default time limit, in milliseconds. The kubelet reports the end of a container some time after the container's connections break.
 */
const WITHIN_MS = 3_000;

export interface LookForEndOptions {
  /** The approximate time limit, in milliseconds. Default 3 s. */
  readonly withinMs?: number | undefined;
  readonly abortSignal?: AbortSignal | undefined;
}

/** Repeats a lookup until it finds something or the time limit is reached. */
export async function lookForEnd<Found>(
  look: () => Promise<Found | undefined>,
  options: LookForEndOptions = {},
): Promise<Found | undefined> {
  const { withinMs = WITHIN_MS, abortSignal } = options;
  for (let waitedMs = 0; waitedMs < withinMs; waitedMs += PAUSE_MS) {
    const found = await look();
    if (found !== undefined) return found;
    await pause(PAUSE_MS, abortSignal);
  }
  return undefined;
}
