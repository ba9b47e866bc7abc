/** Maximum pattern length for the built-in search. With such a short pattern, it compares few characters more than once. */
const SHORT = 8;

/**
 * Searches for a pattern in time proportional to the length of the text (Knuth, Morris and Pratt). With hostile text and patterns, the time
 * that `indexOf` takes grows with the product of the lengths: a search in 8 MiB took 3 s.
 */
export class LinearSearch {
  readonly #pattern: string;
  /** For each prefix of the pattern, the length of its longest proper suffix that is also its prefix. */
  readonly #fallbacks: Int32Array;

  constructor(pattern: string) {
    this.#pattern = pattern;
    this.#fallbacks = fallbacksOf(pattern);
  }

  /** Returns the first position from `start` up to `end` at which the pattern begins, or -1 if there is none. */
  find(text: string, { start = 0, end = text.length }: { readonly start?: number; readonly end?: number } = {}): number {
    if (start > text.length) return -1;
    const last = Math.min(text.length, end + this.#pattern.length);
    if (this.#pattern.length > SHORT) return this.#match(text, { start, last });
    const found = text.slice(start, last).indexOf(this.#pattern);
    return found < 0 ? -1 : start + found;
  }

  #match(text: string, { start, last }: { readonly start: number; readonly last: number }): number {
    const pattern = this.#pattern;
    let matched = 0;
    for (let index = start; index < last; index += 1) {
      const unit = text.charCodeAt(index);
      while (matched > 0 && pattern.charCodeAt(matched) !== unit) matched = this.#fallbacks[matched - 1] ?? 0;
      if (pattern.charCodeAt(matched) === unit) matched += 1;
      if (matched === pattern.length) return index - matched + 1;
    }
    return -1;
  }
}

function fallbacksOf(pattern: string): Int32Array {
  const fallbacks = new Int32Array(pattern.length);
  let matched = 0;
  for (let index = 1; index < pattern.length; index += 1) {
    const unit = pattern.charCodeAt(index);
    while (matched > 0 && pattern.charCodeAt(matched) !== unit) matched = fallbacks[matched - 1] ?? 0;
    if (pattern.charCodeAt(matched) === unit) matched += 1;
    fallbacks[index] = matched;
  }
  return fallbacks;
}
