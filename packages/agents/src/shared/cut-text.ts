/** Keeps the head and the tail of a text and says how much is missing; the notice comes on top of `maxCharacters`. */
export function cutText(text: string, maxCharacters: number): string {
  const omitted = text.length - maxCharacters;
  if (omitted <= 0) return text;
  const head = Math.ceil(maxCharacters / 2);
  const tail = maxCharacters - head;
  return joinCut({ head: text.slice(0, head), omitted, tail: tail === 0 ? '' : text.slice(-tail) });
}

/** A character of two code units that was cut in two is left as a replacement character. */
export function joinCut(parts: { readonly head: string; readonly omitted: number; readonly tail: string }): string {
  if (parts.omitted <= 0) return parts.head + parts.tail;
  return `${parts.head.toWellFormed()}\n[... ${parts.omitted} characters omitted ...]\n${parts.tail.toWellFormed()}`;
}
