/** The opening line of a fenced code block. */
export interface Fence {
  readonly character: '`' | '~';
  readonly length: number;
  /**
   * Number of columns of white space before the fence. Up to this number of columns is also removed from the start of each line of the
   * code.
   */
  readonly indent: number;
  readonly info: string;
}

/** A code block: its lines, and the info string of its fence. */
export interface FencedCode {
  readonly info: string;
  readonly lines: readonly string[];
}

/** A backslash before ASCII punctuation. */
const ESCAPED = /\\([!-/:-@[-`{-~])/g;

/** Parses an opening fence. `text` is the line without its indent. The info string of a backtick fence cannot contain backticks. */
export function parseFence(text: string, indent: number): Fence | undefined {
  const match = /^(`{3,}|~{3,})(.*)$/s.exec(text);
  const [, marker = '', info = ''] = match ?? [];
  if (match === null || (marker.startsWith('`') && info.includes('`'))) return undefined;
  return { character: marker.startsWith('`') ? '`' : '~', length: marker.length, indent, info: info.trim().replace(ESCAPED, '$1') };
}

/** Returns true for a closing fence: it uses the same character as the opening fence, is at least as long, and is alone on its line. */
export function closesFence(text: string, fence: Fence): boolean {
  let length = 0;
  while (text[length] === fence.character) length += 1;
  return length >= fence.length && /^[ \t]*$/.test(text.slice(length));
}

/** Words that can appear in braces before the language, as in `{code-cell} python`. */
const DIRECTIVES = new Set(['code', 'code-block', 'code-cell', 'sourcecode']);

/**
 * Returns the language in an info string: the first word, up to `{`, `,` or `:`, as in `python title=x`, `js{1,3}` and
 * `rust,ignore`. If the info string starts with a brace, the language is the first class, as in
 * `{.python .numberLines}`, or the first word, as in `{r, echo=FALSE}` and `{code-cell} python`.
 */
export function languageOf(info: string): string {
  if (!info.startsWith('{')) return /^[^\s{,:]*/.exec(info)?.[0] ?? '';
  const words = info
    .slice(1)
    .split(/[\s,}]+/)
    .filter((word) => word !== '');
  const className = words.find((word) => word.startsWith('.'));
  if (className !== undefined) return className.slice(1);
  const [first = ''] = DIRECTIVES.has(words[0] ?? '') ? words.slice(1) : words;
  return /^[#=]|=/.test(first) ? '' : first;
}
