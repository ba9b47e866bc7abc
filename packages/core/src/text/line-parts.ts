/** Maximum length of a part, in characters, so that the work for one part is short. */
const MAX_PART = 32_768;

/** A line, or a part of a very long line. */
export interface LinePart {
  readonly text: string;
  /** True if the part continues the line of the part before it. */
  readonly continues: boolean;
}

/** Yields the lines of a text, which end with LF or CRLF. A long line is divided, but never within a character. */
export function* lineParts(text: string): Generator<LinePart, void, void> {
  for (let start = 0; start <= text.length; ) {
    const found = text.indexOf('\n', start);
    const lineEnd = found < 0 ? text.length : found;
    const end = found > start && text[found - 1] === '\r' ? found - 1 : lineEnd;
    yield* partsOf(text, { start, end });
    start = lineEnd + 1;
  }
}

function* partsOf(text: string, { start, end }: { readonly start: number; readonly end: number }): Generator<LinePart, void, void> {
  let from = start;
  do {
    const to = from + MAX_PART >= end ? end : partEnd(text, from + MAX_PART);
    yield { text: text.slice(from, to), continues: from > start };
    from = to;
  } while (from < end);
}

/** Returns a position that does not divide a surrogate pair. */
function partEnd(text: string, position: number): number {
  return (text.codePointAt(position - 1) ?? 0) > 0xffff ? position - 1 : position;
}
