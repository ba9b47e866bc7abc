/** Some 20 updates a second are as good as live. */
const SHORTEST_MS = 50;
/** Every update holds all output so far: long output is sent less often, so that a megabyte a second is enough. */
const CHARACTERS_PER_MS = 1_000;

/** Milliseconds to wait after a state of so many characters. */
export function updateIntervalMs(characters: number): number {
  return Math.max(SHORTEST_MS, characters / CHARACTERS_PER_MS);
}
