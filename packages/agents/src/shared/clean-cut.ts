import { BoundedText } from './bounded-text.ts';
import { cleanText } from './clean-text.ts';

/**
 * Maximum length of the text that is cleaned, as a multiple of the kept length. Terminal codes take up space, but the work must be
 * limited.
 */
const RAW_FACTOR = 4;

/** Cleans a text and cuts it in the middle, as `cutText(cleanText(text), maxCharacters)` does, but in time limited by `maxCharacters`. */
export function cleanCut(text: string, maxCharacters: number): string {
  return String(cleanBounded(text, maxCharacters));
}

/** Like {@link cleanCut}, but the result also contains the information whether it is cut. */
export function cleanBounded(text: string, maxCharacters: number): BoundedText {
  const kept = new BoundedText(maxCharacters);
  pushClean(kept, { text, maxCharacters });
  return kept;
}

/** Adds a cleaned text to a text that keeps `maxCharacters`. The middle of a long text is skipped without being read. */
export function pushClean(kept: BoundedText, { text, maxCharacters }: { readonly text: string; readonly maxCharacters: number }): void {
  const half = (RAW_FACTOR / 2) * maxCharacters;
  const skipped = text.length - 2 * half;
  if (skipped <= 0) {
    kept.push(cleanText(text));
    return;
  }
  kept.push(cleanText(text.slice(0, half)));
  kept.skip(skipped);
  kept.push(cleanText(text.slice(-half)));
}
