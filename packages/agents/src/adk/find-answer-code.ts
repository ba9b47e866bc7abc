import { CodeExecutionLanguage, type LlmResponse } from '@google/adk';
import { BUILTIN_LANGUAGES, type CodeBlock, findLanguage } from '@sandpod/core';
import { extractCodeBlocksInSteps, inTurns, Pace } from '@sandpod/core/backend';
import { LinearSearch } from '../shared/linear-search.ts';
import { longestBacktickRun } from '../shared/longest-backtick-run.ts';

type Content = NonNullable<LlmResponse['content']>;
type Part = NonNullable<Content['parts']>[number];

/** The code in an answer, and the answer up to the end of that code. */
export interface AnswerCode {
  readonly code: string;
  readonly language: CodeExecutionLanguage;
  readonly content: Content;
}

/** Maps the language name after a fence to a language of ADK. Gemini marks Python code with `tool_code`. */
const LANGUAGES: ReadonlyMap<string, CodeExecutionLanguage> = new Map([
  ['python', CodeExecutionLanguage.PYTHON],
  ['tool_code', CodeExecutionLanguage.PYTHON],
  ['javascript', CodeExecutionLanguage.JAVASCRIPT],
  ['bash', CodeExecutionLanguage.SHELL],
  ['sh', CodeExecutionLanguage.SHELL],
]);

/**
 * Finds the first code to run, and regularly lets the event loop run. Returns undefined if the answer has no code, or already contains a
 * result.
 */
export async function findAnswerCode(content: Content | undefined, abortSignal?: AbortSignal): Promise<AnswerCode | undefined> {
  const parts = content?.parts ?? [];
  const executable = parts.findIndex(({ executableCode }) => executableCode?.code !== undefined);
  const code = parts[executable]?.executableCode?.code;
  if (code !== undefined) {
    if (parts[executable + 1]?.codeExecutionResult) return undefined;
    return { code, language: CodeExecutionLanguage.PYTHON, content: { role: 'model', parts: parts.slice(0, executable + 1) } };
  }
  if (parts.some(({ functionCall }) => functionCall)) return undefined;
  return findInText(parts.flatMap(({ text, thought }) => (text === undefined || thought ? [] : [text])).join('\n'), abortSignal);
}

async function findInText(text: string, abortSignal: AbortSignal | undefined): Promise<AnswerCode | undefined> {
  const pace = new Pace(abortSignal);
  for (const block of await inTurns(extractCodeBlocksInSteps(text), abortSignal)) {
    if (pace.isDue) await pace.turn();
    const language = LANGUAGES.get(findLanguage(BUILTIN_LANGUAGES, block.language)?.id ?? block.language.toLowerCase());
    if (language !== undefined && block.code.trim() !== '')
      return { code: block.code, language, content: shorten(text, { block, language }) };
  }
  return undefined;
}

/**
 * Shortens an answer to the text before the block, and the block itself. Python becomes an `executableCode` part, which ADK's web UI and
 * evaluation show as code. Gemini knows no other language in such a part, so other code stays in its fence.
 */
function shorten(text: string, { block, language }: { readonly block: CodeBlock; readonly language: CodeExecutionLanguage }): Content {
  const { code } = block;
  const lines = text.replace(/\r\n?/g, '\n');
  const start = new LinearSearch(code).find(`${lines}\n`);
  const fenceLine = start < 1 ? 0 : lines.lastIndexOf('\n', start - 2) + 1;
  const before = lines.slice(0, fenceLine).trimEnd();
  if (language === CodeExecutionLanguage.PYTHON) {
    const executableCode = { code, language: 'PYTHON' } as NonNullable<Part['executableCode']>;
    return { role: 'model', parts: [...(before === '' ? [] : [{ text: before }]), { executableCode }] };
  }
  const fence = '`'.repeat(Math.max(3, longestBacktickRun(code) + 1));
  return { role: 'model', parts: [{ text: `${before}${before && '\n'}${fence}${block.language}\n${code}${fence}` }] };
}
