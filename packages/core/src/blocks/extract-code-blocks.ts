import type { CodeBlock } from '../contract/code-block.ts';
import { closesFence, type LinePrefix, type OpeningFence, readOpeningFence, readPrefix, stripIndent, stripQuotes } from './fence-line.ts';

/** Deeper white space makes an indented code block, unless a list is open. */
const MAX_FENCE_SPACES = 3;

interface OpenBlock {
  readonly fence: OpeningFence;
  readonly lines: string[];
}

/**
 * The fenced code blocks of a Markdown text, in order; a fence without an end reaches to the end of the text.
 *
 * Follows CommonMark, but takes every line up to the closing fence also where a model forgot to indent it in a list.
 * Line ends become `\n`. `defaultLanguage` is the language of fences that name none; default: the empty string.
 */
export function extractCodeBlocks(markdown: string, options: { readonly defaultLanguage?: string } = {}): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let open: OpenBlock | undefined;
  let isInList = false;
  const close = (block: OpenBlock): void => {
    blocks.push({
      code: block.lines.map((line) => `${line}\n`).join(''),
      language: languageOf(block.fence.info) || (options.defaultLanguage ?? ''),
    });
  };
  for (const line of linesOf(markdown)) {
    if (open !== undefined) {
      const content = stripQuotes(line, open.fence.quoteDepth);
      if (content !== undefined && !closesFence(open.fence, content)) {
        open.lines.push(stripIndent(content, indentInside(open.fence)));
        continue;
      }
      close(open);
      open = undefined;
      if (content !== undefined) continue;
    }
    const prefix = readPrefix(line);
    isInList = continuesList(prefix, isInList);
    open = openBlock(prefix, isInList);
  }
  if (open !== undefined) close(open);
  return blocks;
}

function linesOf(markdown: string): string[] {
  const lines = markdown.split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function openBlock(prefix: LinePrefix, isInList: boolean): OpenBlock | undefined {
  if (prefix.spaces > MAX_FENCE_SPACES && !isInList) return undefined;
  const fence = readOpeningFence(prefix);
  return fence === undefined ? undefined : { fence, lines: [] };
}

function continuesList(prefix: LinePrefix, isInList: boolean): boolean {
  if (prefix.hasListMarker) return true;
  return isInList && (prefix.rest === '' || prefix.indent > 0);
}

/** Columns of indentation that belong to the fence rather than to the code; quote markers are already gone. */
function indentInside(fence: OpeningFence): number {
  const quoteColumns = fence.quoteDepth * '> '.length;
  return Math.max(0, fence.indent - quoteColumns);
}

/** The first word of an info string: `python`, `python title="x"`, `{.python}`, `python{1,3}`, `python:main.py`. */
function languageOf(info: string): string {
  return /^\{?\s*\.?([^\s{}:,]+)/.exec(info)?.[1] ?? '';
}
