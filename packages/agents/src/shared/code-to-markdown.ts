import { inTurns } from '@sandpod/core/backend';
import { showCodeInSteps } from '@sandpod/core/text';
import { longestBacktickRun } from './longest-backtick-run.ts';

/** Code as a fenced Markdown block for a person who decides whether it may run, and warnings about parts that can deceive this person. */
export interface CodeMarkdown {
  readonly markdown: string;
  readonly warnings: readonly string[];
}

export interface CodeToShow {
  readonly code: string;
  readonly language: string;
  readonly abortSignal?: AbortSignal | undefined;
}

/**
 * Writes code as Markdown with `showCode`. The fence is longer than any fence in the code. Regularly lets the event loop run.
 *
 * @throws the abort reason if the signal aborts.
 */
export async function codeToMarkdown({ code, language, abortSignal }: CodeToShow): Promise<CodeMarkdown> {
  const { text, warnings } = await inTurns(showCodeInSteps(code), abortSignal);
  const fence = '`'.repeat(Math.max(2, longestBacktickRun(text)) + 1);
  return { markdown: `${fence}${language}\n${text}${text.endsWith('\n') ? '' : '\n'}${fence}`, warnings };
}
