import { BoundedText } from './bounded-text.ts';

/** Maximum number of lines that are joined; earlier lines are dropped. */
const MAX_LINES = 1_000;

/**
 * Cuts a text in the middle if it is longer than `maxCharacters`. The notice with the number of omitted characters does not count toward
 * the limit.
 */
export function cutText(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text;
  const kept = new BoundedText(maxCharacters);
  kept.push(text);
  return String(kept);
}

/**
 * Joins the last lines and cuts the result like {@link cutText}. Each line is cut before the lines are joined, because together they
 * can exceed the maximum length of a string.
 */
export function cutLines(lines: readonly string[], maxCharacters: number): string {
  const text = new BoundedText(maxCharacters);
  for (const [index, line] of lines.slice(-MAX_LINES).entries()) text.push(`${index === 0 ? '' : '\n'}${cutText(line, maxCharacters)}`);
  return String(text);
}
