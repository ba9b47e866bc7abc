import { BoundedText } from './bounded-text.ts';
import { cleanText } from './clean-text.ts';
import { foldReturns } from './fold-returns.ts';

/**
 * Maximum length of the text that is cleaned, as a multiple of the kept length. It is more than 1, because cleaning removes terminal
 * codes. It limits the time for a long text.
 */
const RAW_FACTOR = 4;

/**
 * Cleans a text, folds carriage returns and cuts it in the middle. Returns the same result as
 * `cutText(cleanText(foldReturns(text)), maxCharacters)`, but `maxCharacters` also
 * limits the time that this takes.
 */
export function cleanCut(text: string, maxCharacters: number): string {
  return String(cleanBounded(text, maxCharacters));
}

/** Like {@link cleanCut}, but returns a `BoundedText`, whose `isCut` is true if characters were omitted. */
export function cleanBounded(text: string, maxCharacters: number): BoundedText {
  const kept = new BoundedText(maxCharacters);
  pushClean(kept, { text, maxCharacters });
  return kept;
}

/** Cleans a text and adds it to `kept`, which keeps `maxCharacters`. The middle of a long text is skipped without being read. */
export function pushClean(kept: BoundedText, { text, maxCharacters }: { readonly text: string; readonly maxCharacters: number }): void {
  const half = (RAW_FACTOR / 2) * maxCharacters;
  const skipped = text.length - 2 * half;
  if (skipped <= 0) {
    kept.push(cleanText(foldReturns(text)));
    return;
  }
  kept.push(cleanText(foldReturns(text.slice(0, half))));
  kept.skip(skipped);
  kept.push(cleanText(foldReturns(text.slice(-half))));
}
