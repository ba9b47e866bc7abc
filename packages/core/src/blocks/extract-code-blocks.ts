import type { CodeBlock } from '../contract/code-block.ts';
import { languageOf } from './fence.ts';
import { MarkdownScanner } from './markdown-scanner.ts';

/**
 * Returns the fenced code blocks in a Markdown text, in order. Fences follow the CommonMark specification.
 *
 * The language is the first word of the info string. If there is no such word, the language is `defaultLanguage`, or
 * an empty string by default. An unclosed fence extends to the end of the text. Each line of the code ends with `\n`.
 * A fence inside a longer fence is part of the code.
 *
 * Two common mistakes in model output are repaired if they would hide a later block: a block that starts at the end of a
 * line of text, and a closing fence at the end of the last line of code. A byte order mark at the start is ignored.
 */
export function extractCodeBlocks(markdown: string, options: { readonly defaultLanguage?: string | undefined } = {}): CodeBlock[] {
  const scanner = new MarkdownScanner();
  for (const line of linesOf(markdown)) scanner.addLine(line);
  return scanner.end().map(({ info, lines }) => ({
    code: lines.map((line) => `${line}\n`).join(''),
    language: languageOf(info) || (options.defaultLanguage ?? ''),
  }));
}

/** Splits a text into lines. Text after the last line break counts as a line only if it is not empty. */
function linesOf(markdown: string): string[] {
  const lines = markdown.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
