import { Pace } from '@sandpod/core/backend';
import { LinearSearch } from '../shared/linear-search.ts';

/** Number of characters that are searched between two checks of the clock. */
const WINDOW = 256 * 1024;
/** Maximum number of places that one edit changes. */
const MAX_OCCURRENCES = 100_000;

export interface EditOptions {
  readonly oldString: string;
  readonly newString: string;
  readonly replaceAll: boolean;
  readonly abortSignal?: AbortSignal | undefined;
}

export type Edit = { readonly text: string; readonly occurrences: number } | { readonly problem: 'missing' | 'several' | 'too-many' };

/** Replaces occurrences of a literal string in time proportional to the length of `text`. Regularly lets the event loop run. */
export async function editText(text: string, options: EditOptions): Promise<Edit> {
  const { oldString, newString, replaceAll } = options;
  const places = await findAll(text, { ...options, limit: replaceAll ? MAX_OCCURRENCES : 1 });
  if (places === undefined) return { problem: replaceAll ? 'too-many' : 'several' };
  if (places.length === 0) return { problem: 'missing' };
  const pieces: string[] = [];
  let start = 0;
  for (const place of places) {
    pieces.push(text.slice(start, place));
    start = place + oldString.length;
  }
  return { text: [...pieces, text.slice(start)].join(newString), occurrences: places.length };
}

/** Returns the positions of `oldString` in a text, without overlaps. Returns undefined if there are more than `limit`. */
async function findAll(
  text: string,
  { oldString, limit, abortSignal }: { readonly oldString: string; readonly limit: number; readonly abortSignal?: AbortSignal | undefined },
): Promise<readonly number[] | undefined> {
  const search = new LinearSearch(oldString);
  const pace = new Pace(abortSignal);
  const places: number[] = [];
  for (let start = 0; start <= text.length; ) {
    const found = search.find(text, { start, end: start + WINDOW });
    if (found >= 0) places.push(found);
    if (places.length > limit) return undefined;
    start = found < 0 ? start + WINDOW : found + oldString.length;
    if (pace.isDue) await pace.turn();
  }
  return places;
}
