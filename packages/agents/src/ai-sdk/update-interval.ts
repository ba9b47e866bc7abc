/** About 20 updates a second look live. */
const SHORTEST_MS = 50;
/** Every update contains all output so far, so long output is sent less often: about a million characters a second. */
const CHARACTERS_PER_MS = 1_000;

/** Milliseconds to wait after a state with this many characters. */
export function updateIntervalMs(characters: number): number {
  return Math.max(SHORTEST_MS, characters / CHARACTERS_PER_MS);
}
