import { showCode } from '@sandpod/core/text';
import { longestBacktickRun } from './longest-backtick-run.ts';

/** Code as a fenced Markdown block for a person who decides whether it may run, and warnings about parts that can deceive this person. */
export interface CodeMarkdown {
  readonly markdown: string;
  readonly warnings: readonly string[];
}

/** Writes code as Markdown with `showCode`. The fence is longer than any fence in the code. */
export function codeToMarkdown({ code, language }: { readonly code: string; readonly language: string }): CodeMarkdown {
  const { text, warnings } = showCode(code);
  const fence = '`'.repeat(Math.max(2, longestBacktickRun(text)) + 1);
  return { markdown: `${fence}${language}\n${text}${text.endsWith('\n') ? '' : '\n'}${fence}`, warnings };
}
