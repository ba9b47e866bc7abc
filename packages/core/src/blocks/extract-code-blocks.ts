import type { CodeBlock } from '../contract/code-block.ts';
import { languageOf } from './fence.ts';
import { MarkdownScanner } from './markdown-scanner.ts';

/**
 * Finds the fenced code blocks of a Markdown text, as CommonMark defines them, in order.
 *
 * The language is the first word of the info string; without one it is `defaultLanguage`, else empty. A fence that is
 * never closed reaches to the end. Code has `\n` at the end of each line; fences inside a longer fence are its code.
 */
export function extractCodeBlocks(markdown: string, options: { readonly defaultLanguage?: string | undefined } = {}): CodeBlock[] {
  const scanner = new MarkdownScanner();
  for (const line of linesOf(markdown)) scanner.addLine(line);
  return scanner.end().map(({ info, lines }) => ({
    code: lines.map((line) => `${line}\n`).join(''),
    language: languageOf(info) || (options.defaultLanguage ?? ''),
  }));
}

/** What follows the last line break is a line only when it is not empty. */
function linesOf(markdown: string): string[] {
  const lines = markdown.split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
