import type { CodeBlock } from '@sandpod/core';
import { longestBacktickRun } from '../shared/longest-backtick-run.ts';

/** Characters that hide or reorder code: direction marks, zero-width characters, tags, and control characters except tab and line feed. */
const invisible = /(?![\t\n])[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** Writes code blocks as Markdown for people. Each fence is longer than any fence in its code. */
export function blocksToMarkdown(blocks: readonly CodeBlock[]): string {
  return blocks.map(toMarkdown).join('\n\n');
}

function toMarkdown({ code, language }: CodeBlock): string {
  const longest = Math.max(2, longestBacktickRun(code));
  const fence = '`'.repeat(longest + 1);
  const shown = code.replace(invisible, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
  return `${fence}${language}\n${shown}${shown.endsWith('\n') ? '' : '\n'}${fence}`;
}
