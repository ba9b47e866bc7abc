/** Minimum number of milliseconds between two updates. About 20 updates per second look live. */
const SHORTEST_MS = 50;
/** Maximum number of characters sent per millisecond. Every update contains all output so far, so long output is sent less often. */
const CHARACTERS_PER_MS = 1_000;

/** Returns the number of milliseconds to wait after sending a state with the given number of characters. */
export function updateIntervalMs(characters: number): number {
  return Math.max(SHORTEST_MS, characters / CHARACTERS_PER_MS);
}
