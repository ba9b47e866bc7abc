/** Longer than the deepest indentation and the widest table in normal code. */
const longBlanks = / {41,}|\t{9,}|[ \t]{65,}/g;
const MAX_EMPTY_LINES = 8;

/** Replaces long runs of spaces and tabs with a count, because such runs push the code that follows out of sight. */
export function shortenBlanks(text: string): string {
  return text.replace(longBlanks, (blanks) => `[... ${blanks.length} blanks ...]`);
}

/** Replaces more than 8 empty lines in a row with a count. */
export function shortenEmptyLines(text: string): string {
  const kept: string[] = [];
  let empty: string[] = [];
  const flush = (): void => {
    kept.push(...(empty.length > MAX_EMPTY_LINES ? [`[... ${empty.length} empty lines ...]`] : empty));
    empty = [];
  };
  for (const line of text.split('\n')) {
    if (line.trim() === '') empty.push(line);
    else {
      flush();
      kept.push(line);
    }
  }
  flush();
  return kept.join('\n');
}
