import type { RichResult } from '@sandpod/core';

/** Display objects at most; a loop can make thousands. */
const MAX_RESULTS = 64;
/** Characters of all display objects of a run together. */
const MAX_TOTAL_CHARACTERS = 24 * 1024 * 1024;

/** The first display objects of a run; one that is too large is replaced by a note. */
export class BoundedResults {
  readonly #maxCharacters: number;
  readonly #results: RichResult[] = [];
  #characters = 0;

  /** `maxBytes`: of one image; base64 is a third longer, and may hold line breaks. */
  constructor(maxBytes: number) {
    this.#maxCharacters = maxBytes * 1.5;
  }

  /** Characters of what was kept. */
  get characters(): number {
    return this.#characters;
  }

  add(result: RichResult): void {
    if (this.#results.length >= MAX_RESULTS) return;
    const size = sizeOf(result.data) + sizeOf(result.metadata ?? {});
    const fits = size <= this.#maxCharacters && this.#characters + size <= MAX_TOTAL_CHARACTERS;
    this.#results.push(
      fits ? result : { data: { 'text/plain': `[left out: a display object of ${size} bytes]` }, isMainResult: result.isMainResult },
    );
    if (fits) this.#characters += size;
  }

  list(): readonly RichResult[] {
    return [...this.#results];
  }
}

export function boundedResults(results: readonly RichResult[], maxBytes: number): readonly RichResult[] {
  const bounded = new BoundedResults(maxBytes);
  for (const result of results) bounded.add(result);
  return bounded.list();
}

/** Texts are counted rather than written out, which would copy a large image. */
function sizeOf(data: Readonly<Record<string, unknown>>): number {
  const sizes = Object.values(data).map((value) => (typeof value === 'string' ? value.length : (JSON.stringify(value)?.length ?? 0)));
  return sizes.reduce((sum, size) => sum + size, 0);
}
