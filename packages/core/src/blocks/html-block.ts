const STARTS: readonly (readonly [start: RegExp, end: RegExp])[] = [
  [/^<(?:pre|script|style|textarea)(?=[\s>]|$)/i, /<\/(?:pre|script|style|textarea)>/i],
  [/^<!--/, /-->/],
  [/^<\?/, /\?>/],
  [/^<![A-Za-z]/, />/],
  [/^<!\[CDATA\[/, /\]\]>/],
];

/**
 * If a line starts a raw HTML block, returns the pattern that matches the end of the block. Otherwise returns undefined.
 *
 * Recognizes the kinds of HTML block for which CommonMark defines an end marker. Unlike in CommonMark, a line such as `<answer>` or
 * `<details>` does not start a block, because models write code fences directly below such lines.
 */
export function htmlBlockEnd(text: string): RegExp | undefined {
  if (!text.startsWith('<')) return undefined;
  return STARTS.find(([start]) => start.test(text))?.[1];
}
