import { Pace } from '@sandpod/core/backend';

interface Named {
  readonly name: string;
}

/** Number of entries that are sorted in one batch. */
const BATCH = 4_096;

/** Returns the first `count` entries, sorted by name. Sorts in batches, so that the event loop can run in between. */
export async function firstByName<Entry extends Named>(
  entries: readonly Entry[],
  { count, abortSignal }: { readonly count: number; readonly abortSignal?: AbortSignal | undefined },
): Promise<readonly Entry[]> {
  const pace = new Pace(abortSignal);
  let first: readonly Entry[] = [];
  for (let start = 0; start < entries.length; start += BATCH) {
    abortSignal?.throwIfAborted();
    if (pace.isDue) await pace.turn();
    first = [...first, ...entries.slice(start, start + BATCH)].sort(byName).slice(0, count);
  }
  return first;
}

function byName(one: Named, other: Named): number {
  if (one.name === other.name) return 0;
  return one.name < other.name ? -1 : 1;
}
