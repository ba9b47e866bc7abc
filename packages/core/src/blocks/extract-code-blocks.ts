import type { CodeBlock } from '../contract/code-block.ts';
import { atOnce, type Steps } from '../control/steps.ts';
import { type FencedCode, languageOf } from './fence.ts';
import { MarkdownScanner } from './markdown-scanner.ts';
import { splitLines } from './split-lines.ts';

export interface ExtractOptions {
  /** The language of blocks whose fence has none. Default: an empty string. */
  readonly defaultLanguage?: string | undefined;
}

/** Number of characters, and of lines of code, in one step. */
const STEP_CHARACTERS = 16 * 1024;
const STEP_LINES = 4_096;
/** A line takes time even if it is empty. */
const LINE_COST = 32;

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
export function extractCodeBlocks(markdown: string, options: ExtractOptions = {}): CodeBlock[] {
  return atOnce(extractCodeBlocksInSteps(markdown, options));
}

/** Like {@link extractCodeBlocks}, but can pause: a text with a million lines takes a quarter of a second. */
export function* extractCodeBlocksInSteps(markdown: string, { defaultLanguage = '' }: ExtractOptions = {}): Steps<CodeBlock[]> {
  const scanner = new MarkdownScanner();
  let cost = 0;
  for (const line of splitLines(markdown.replace(/^\uFEFF/, ''))) {
    scanner.addLine(line);
    cost += line.length + LINE_COST;
    if (cost < STEP_CHARACTERS) continue;
    cost = 0;
    yield;
  }
  const blocks: CodeBlock[] = [];
  for (const found of scanner.end()) blocks.push({ code: yield* codeOf(found), language: languageOf(found.info) || defaultLanguage });
  return blocks;
}

function* codeOf({ lines }: FencedCode): Steps<string> {
  let code = '';
  for (let start = 0; start < lines.length; start += STEP_LINES) {
    code += `${lines.slice(start, start + STEP_LINES).join('\n')}\n`;
    yield;
  }
  return code;
}
