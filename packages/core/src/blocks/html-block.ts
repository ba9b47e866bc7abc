const STARTS: readonly (readonly [start: RegExp, end: RegExp])[] = [
  [/^<(?:pre|script|style|textarea)(?=[\s>]|$)/i, /<\/(?:pre|script|style|textarea)>/i],
  [/^<!--/, /-->/],
  [/^<\?/, /\?>/],
  [/^<![A-Za-z]/, />/],
  [/^<!\[CDATA\[/, /\]\]>/],
];

/**
 * What ends the block of raw HTML that a line begins; undefined when it begins none.
 *
 * These are the kinds of CommonMark that have an end of their own. A line such as `<answer>` or `<details>` begins none
 * here, other than in CommonMark: models put fences right below such lines and mean them.
 */
export function htmlBlockEnd(text: string): RegExp | undefined {
  if (!text.startsWith('<')) return undefined;
  return STARTS.find(([start]) => start.test(text))?.[1];
}
