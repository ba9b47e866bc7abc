import { Pace } from '@sandpod/core/backend';
import type { GrepMatch } from 'deepagents';
import { LinearSearch } from '../shared/linear-search.ts';

/** Maximum number of characters in the line of a match; longer lines are cut. */
const MAX_LINE_CHARACTERS = 2_000;
/** Maximum number of characters in the lines of all matches, which is also the limit for the output of a command. */
const MAX_TOTAL_CHARACTERS = 1024 * 1024;
/** Maximum number of matches, even if the caller wants more. */
export const MAX_MATCHES = 10_000;
/** Number of lines between two checks of the clock. */
const STEPS = 1_024;
/** Number of characters that are searched between two checks of the clock. */
const WINDOW = 256 * 1024;

export interface TextSearchOptions {
  readonly pattern: string;
  /** Default 10,000, which is also the maximum. */
  readonly maxMatches?: number | undefined;
  readonly abortSignal?: AbortSignal | undefined;
}

/** Finds the lines that contain a literal text. Uses limited memory, and regularly lets the event loop run. */
export class TextSearch {
  readonly matches: GrepMatch[] = [];
  readonly #pattern: LinearSearch;
  readonly #isMultiline: boolean;
  readonly #maxMatches: number;
  readonly #pace: Pace;
  #characters = 0;
  #isCut = false;

  constructor({ pattern, maxMatches = MAX_MATCHES, abortSignal }: TextSearchOptions) {
    this.#pattern = new LinearSearch(pattern);
    this.#isMultiline = pattern.includes('\n');
    this.#maxMatches = Math.min(maxMatches, MAX_MATCHES);
    this.#pace = new Pace(abortSignal);
  }

  /** Returns true if there are more matches than the limits for matches and characters permit. The search has then stopped. */
  get isCut(): boolean {
    return this.#isCut;
  }

  /** Adds the matches in a text. A pattern with a line break matches nothing. */
  async search(path: string, text: string): Promise<void> {
    if (this.#isMultiline) return;
    let line = 1;
    let start = 0;
    let steps = 0;
    let found = await this.#find(text, 0);
    while (found >= 0 && !this.#isCut) {
      const end = endOfLine(text, start);
      if (found <= end) {
        this.#add({ path, line, text: text.slice(start, end) });
        found = end < text.length ? await this.#find(text, end + 1) : -1;
      }
      line += 1;
      start = end + 1;
      steps += 1;
      if (steps % STEPS === 0 && this.#pace.isDue) await this.#pace.turn();
    }
  }

  async #find(text: string, from: number): Promise<number> {
    for (let start = from; start <= text.length; start += WINDOW) {
      const found = this.#pattern.find(text, { start, end: start + WINDOW });
      if (found >= 0) return found;
      if (this.#pace.isDue) await this.#pace.turn();
    }
    return -1;
  }

  #add(match: GrepMatch): void {
    this.#isCut = this.matches.length >= this.#maxMatches || this.#characters >= MAX_TOTAL_CHARACTERS;
    if (this.#isCut) return;
    const text = copyOf(match.text.slice(0, MAX_LINE_CHARACTERS));
    this.#characters += text.length;
    this.matches.push({ ...match, text });
  }
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end;
}

/** Copies a slice of a string, because a slice keeps the whole string in memory. */
function copyOf(slice: string): string {
  return Buffer.from(slice, 'utf16le').toString('utf16le');
}
