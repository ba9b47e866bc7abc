import { pause } from '../client/pause.ts';

/** The kubelet reports the end of a container some time after the container's connections break. */
const LOOKS = 12;
const PAUSE_MS = 250;

/** Repeats a look-up until it finds something, for at most about three seconds. */
export async function lookForEnd<Found>(look: () => Promise<Found | undefined>, abortSignal?: AbortSignal): Promise<Found | undefined> {
  for (let count = 0; count < LOOKS; count += 1) {
    const found = await look();
    if (found !== undefined) return found;
    await pause(PAUSE_MS, abortSignal);
  }
  return undefined;
}
