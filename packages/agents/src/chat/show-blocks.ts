import type { CodeBlock } from '@sandpod/core';
import { Pace } from '@sandpod/core/backend';
import { type CodeMarkdown, codeToMarkdown } from '../shared/code-to-markdown.ts';

/**
 * Writes code blocks as Markdown for people, followed by the warnings about all blocks. Regularly lets the event loop run.
 *
 * @throws the abort reason if the signal aborts.
 */
export async function showBlocks(blocks: readonly CodeBlock[], abortSignal?: AbortSignal): Promise<CodeMarkdown> {
  const shown: CodeMarkdown[] = [];
  const pace = new Pace(abortSignal);
  for (const block of blocks) {
    shown.push(await codeToMarkdown({ ...block, abortSignal }));
    if (pace.isDue) await pace.turn();
  }
  const warnings = [...new Set(shown.flatMap((block) => block.warnings))];
  const paragraphs = [...shown.map(({ markdown }) => markdown), ...warnings.map((warning) => `Warning: ${warning}`)];
  return { markdown: paragraphs.join('\n\n'), warnings };
}
