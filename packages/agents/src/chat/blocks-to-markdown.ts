import type { CodeBlock } from '@sandpod/core';
import { longestBacktickRun } from '../shared/longest-backtick-run.ts';

/** Control characters but tab and line feed, direction marks, zero-width characters and tags: what hides or reorders code. */
const invisible = /(?![\t\n])[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** Code blocks as Markdown for people; each fence is longer than any inside. */
export function blocksToMarkdown(blocks: readonly CodeBlock[]): string {
  return blocks.map(toMarkdown).join('\n\n');
}

function toMarkdown({ code, language }: CodeBlock): string {
  const longest = Math.max(2, longestBacktickRun(code));
  const fence = '`'.repeat(longest + 1);
  const shown = code.replace(invisible, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
  return `${fence}${language}\n${shown}${shown.endsWith('\n') ? '' : '\n'}${fence}`;
}
