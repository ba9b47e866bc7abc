import { BoundedText } from './bounded-text.ts';

/** Lines joined at most; earlier lines are dropped. */
const MAX_LINES = 1_000;

/** Cuts a text in the middle if it is longer than `maxCharacters`. The notice that counts the omitted characters comes on top of the limit. */
export function cutText(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text;
  const kept = new BoundedText(maxCharacters);
  kept.push(text);
  return String(kept);
}

/** Joins the last lines and cuts the result like {@link cutText}. Lines are cut before they are joined, as all of them together can exceed the longest possible string. */
export function cutLines(lines: readonly string[], maxCharacters: number): string {
  const text = new BoundedText(maxCharacters);
  for (const [index, line] of lines.slice(-MAX_LINES).entries()) text.push(`${index === 0 ? '' : '\n'}${cutText(line, maxCharacters)}`);
  return String(text);
}
