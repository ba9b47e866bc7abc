import type { CodeBlock } from '@sandpod/core';
import { type CodeMarkdown, codeToMarkdown } from '../shared/code-to-markdown.ts';

/** Writes code blocks as Markdown for people, followed by the warnings about all blocks. */
export function showBlocks(blocks: readonly CodeBlock[]): CodeMarkdown {
  const shown = blocks.map(codeToMarkdown);
  const warnings = [...new Set(shown.flatMap((block) => block.warnings))];
  const paragraphs = [...shown.map(({ markdown }) => markdown), ...warnings.map((warning) => `Warning: ${warning}`)];
  return { markdown: paragraphs.join('\n\n'), warnings };
}
