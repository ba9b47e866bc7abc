/** The line that begins a fenced code block. */
export interface Fence {
  readonly character: '`' | '~';
  readonly length: number;
  /** Columns of white space before it, which are taken from each line of the code too. */
  readonly indent: number;
  readonly info: string;
}

/** A backslash before ASCII punctuation. */
const ESCAPED = /\\([!-/:-@[-`{-~])/g;

/** Reads an opening fence; `text` is the line without its indent. The info string of a backtick fence has no backticks. */
export function parseFence(text: string, indent: number): Fence | undefined {
  const match = /^(`{3,}|~{3,})(.*)$/s.exec(text);
  const [, marker = '', info = ''] = match ?? [];
  if (match === null || (marker.startsWith('`') && info.includes('`'))) return undefined;
  return { character: marker.startsWith('`') ? '`' : '~', length: marker.length, indent, info: info.trim().replace(ESCAPED, '$1') };
}

/** At least as long as the opening fence, of the same character, and alone on its line. */
export function closesFence(text: string, fence: Fence): boolean {
  let length = 0;
  while (text[length] === fence.character) length += 1;
  return length >= fence.length && /^[ \t]*$/.test(text.slice(length));
}

/**
 * The language of an info string: its first word, up to a `{`, `,` or `:`, as in `python title=x`, `js{1,3}`, `rust,ignore`.
 * In braces it is the first class, or a bare first word, as in `{.python .numberLines}` and `{r, echo=FALSE}`.
 */
export function languageOf(info: string): string {
  if (!info.startsWith('{')) return /^[^\s{,:]*/.exec(info)?.[0] ?? '';
  const words = info
    .slice(1)
    .split(/[\s,}]+/)
    .filter((word) => word !== '');
  const className = words.find((word) => word.startsWith('.'));
  if (className !== undefined) return className.slice(1);
  const [first = ''] = words;
  return /^[#=]|=/.test(first) ? '' : first;
}
