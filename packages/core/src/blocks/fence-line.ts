/** A line that opens a fenced code block. */
export interface OpeningFence {
  readonly marker: '`' | '~';
  readonly length: number;
  /** Columns before the fence, list and quote markers included. */
  readonly indent: number;
  /** How many block quotes the fence stands in. */
  readonly quoteDepth: number;
  readonly info: string;
}

/** What stands before the content of a line: block quotes, list markers, white space. */
export interface LinePrefix {
  readonly quoteDepth: number;
  readonly hasListMarker: boolean;
  /** Columns of white space after the last marker, or at the start of the line. */
  readonly spaces: number;
  readonly indent: number;
  readonly rest: string;
}

const TAB_COLUMNS = 4;

export function readPrefix(line: string): LinePrefix {
  let rest = line;
  let indent = 0;
  let quoteDepth = 0;
  let hasListMarker = false;
  for (;;) {
    const blank = /^[ \t]*/.exec(rest)?.[0] ?? '';
    const spaces = columnsOf(blank);
    rest = rest.slice(blank.length);
    indent += spaces;
    const marker = /^(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]))/.exec(rest)?.[0];
    if (marker === undefined || isRuler(rest)) return { quoteDepth, hasListMarker, spaces, indent, rest };
    quoteDepth += marker === '>' ? 1 : 0;
    hasListMarker ||= marker !== '>';
    rest = rest.slice(marker.length);
    indent += marker.length;
  }
}

export function readOpeningFence(prefix: LinePrefix): OpeningFence | undefined {
  const match = /^(`{3,}|~{3,})(.*)$/.exec(prefix.rest);
  const [, fence = '', info = ''] = match ?? [];
  const marker = fence[0];
  if (marker !== '`' && marker !== '~') return undefined;
  // An info string with a backtick is inline code.
  if (marker === '`' && info.includes('`')) return undefined;
  return { marker, length: fence.length, indent: prefix.indent, quoteDepth: prefix.quoteDepth, info: info.trim() };
}

export function closesFence(fence: OpeningFence, content: string): boolean {
  const match = /^[ \t]*(`{3,}|~{3,})[ \t]*$/.exec(content);
  const closing = match?.[1] ?? '';
  return closing.startsWith(fence.marker) && closing.length >= fence.length;
}

/** The line without the block quotes that the fence stands in, or undefined when they have ended. */
export function stripQuotes(line: string, depth: number): string | undefined {
  let rest = line;
  for (let level = 0; level < depth; level += 1) {
    const match = /^ {0,3}> ?/.exec(rest);
    if (match === null) return undefined;
    rest = rest.slice(match[0].length);
  }
  return rest;
}

/** The line without up to `columns` of its leading white space. */
export function stripIndent(line: string, columns: number): string {
  let removed = 0;
  let index = 0;
  while (removed < columns && (line[index] === ' ' || line[index] === '\t')) {
    removed += line[index] === '\t' ? TAB_COLUMNS : 1;
    index += 1;
  }
  return line.slice(index);
}

function columnsOf(blank: string): number {
  return [...blank].reduce((columns, character) => columns + (character === '\t' ? TAB_COLUMNS : 1), 0);
}

/** `* * *` and `- - -` are rulers, not lists. */
function isRuler(text: string): boolean {
  return /^(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,})$/.test(text);
}
