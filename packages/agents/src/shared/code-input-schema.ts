import { type CodeExecutor, SandpodError } from '@sandpod/core';
import { z } from 'zod';
import { toolInputSchema } from './tool-input-schema.ts';

/** What a model passes to a code tool. */
export interface CodeInput {
  readonly code: string;
  readonly language: string;
}

/** The tool's name in all frameworks. Some models take words such as `python` for tools of their own. */
export const CODE_TOOL_NAME = 'run_code';

/** Longest code that is accepted, in characters. */
const MAX_CODE_CHARACTERS = 1_000_000;

/** The ids of the languages that are run rather than only saved; Python first where it is one of them. */
export function runnableLanguages({ capabilities }: CodeExecutor): string[] {
  const ids = capabilities.languages.filter(({ policy }) => policy === 'run').map(({ id }) => id);
  return ids.includes('python') ? ['python', ...ids.filter((id) => id !== 'python')] : ids;
}

/**
 * The input of a code tool: code, and one of the languages that the executor runs (default Python, where it is one of them).
 *
 * @throws {SandpodError} `invalid-options` when the executor runs no language at all.
 */
export function codeInputSchema(executor: CodeExecutor): z.ZodType<CodeInput, { code: string; language?: string | undefined }> {
  const [first, ...others] = runnableLanguages(executor);
  if (first === undefined) {
    const message = 'executor: expected one that runs at least one language, given one whose policies only save code.';
    throw new SandpodError({ code: 'invalid-options', message });
  }
  const language = z.enum([first, ...others]).describe('The language of the code.');
  return toolInputSchema({
    code: z.string().min(1).max(MAX_CODE_CHARACTERS).describe('The whole program. It is run as it is.'),
    language: first === 'python' || others.length === 0 ? language.default(first) : language,
  }) as z.ZodType<CodeInput, { code: string; language?: string | undefined }>;
}
