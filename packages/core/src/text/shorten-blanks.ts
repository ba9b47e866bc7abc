/** Longer than the deepest indentation and the widest table in normal code. */
const longBlanks = / {41,}|\t{9,}|[ \t]{65,}/g;

/** Replaces long runs of spaces and tabs with a count, because such runs push the code that follows out of sight. */
export function shortenBlanks(text: string): string {
  return text.replace(longBlanks, (blanks) => `[... ${blanks.length} blanks ...]`);
}
