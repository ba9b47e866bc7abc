import type { RichResult } from '../contract/code-result.ts';

/** Maximum number of display objects in a run. A loop in guest code can create thousands. */
const MAX_RESULTS = 64;
/** Maximum total number of characters in the display objects of a run. */
const MAX_TOTAL_CHARACTERS = 24 * 1024 * 1024;

/** Collects the first 64 display objects of a run. Replaces a display object that is too large with a note. */
export class BoundedResults {
  readonly #maxCharacters: number;
  readonly #results: RichResult[] = [];
  #characters = 0;

  /** `maxBytes`: maximum size of an image in bytes. The image's base64 text is a third longer, and may contain line breaks. */
  constructor(maxBytes: number) {
    this.#maxCharacters = maxBytes * 1.5;
  }

  /** Returns the total number of characters in the display objects that were kept. */
  get characters(): number {
    return this.#characters;
  }

  /** Replaces a display object with the same id. Returns the display object that was kept, or undefined if there are too many. */
  add(result: RichResult): RichResult | undefined {
    const { displayId } = result;
    const replaced = displayId === undefined ? -1 : this.#results.findIndex((other) => other.displayId === displayId);
    if (replaced < 0 && this.#results.length >= MAX_RESULTS) return undefined;
    this.#characters -= replaced < 0 ? 0 : sizeOf(this.#results[replaced]);
    const kept = this.#fitted(result);
    this.#characters += sizeOf(kept);
    if (replaced < 0) this.#results.push(kept);
    else this.#results[replaced] = kept;
    return kept;
  }

  list(): readonly RichResult[] {
    return [...this.#results];
  }

  #fitted(result: RichResult): RichResult {
    const size = sizeOf(result);
    if (size <= this.#maxCharacters && this.#characters + size <= MAX_TOTAL_CHARACTERS) return result;
    const { isMainResult, displayId } = result;
    const note = { 'text/plain': `[left out: a display object of ${size} bytes]` };
    return { data: note, isMainResult, ...(displayId === undefined ? {} : { displayId }) };
  }
}

export function boundedResults(results: readonly RichResult[], maxBytes: number): readonly RichResult[] {
  const bounded = new BoundedResults(maxBytes);
  for (const result of results) bounded.add(result);
  return bounded.list();
}

/**
 * Returns the approximate size of a display object in characters. Uses the length of strings directly, because JSON.stringify would copy a
 * large image.
 */
function sizeOf(result: RichResult | undefined): number {
  const values = [...Object.values(result?.data ?? {}), ...Object.values(result?.metadata ?? {})];
  const sizes = values.map((value) => (typeof value === 'string' ? value.length : (JSON.stringify(value)?.length ?? 0)));
  return sizes.reduce((sum, size) => sum + size, 0);
}
