import { type CodeExecutor, SandpodError } from '@sandpod/core';
import { z } from 'zod';
import { toolInputSchema } from './tool-input-schema.ts';

/** Arguments that a model passes to a code tool. */
export interface CodeInput {
  readonly code: string;
  readonly language: string;
}

/** The tool's name in every framework. Some models mistake names such as `python` for their built-in tools. */
export const CODE_TOOL_NAME = 'run_code';

/** Maximum length of the code, in characters. */
const MAX_CODE_CHARACTERS = 1_000_000;

/**
 * Returns the ids of the languages that the executor runs, without languages that it only saves. Python comes first if the executor runs
 * it.
 */
export function runnableLanguages({ capabilities }: CodeExecutor): string[] {
  const ids = capabilities.languages.filter(({ policy }) => policy === 'run').map(({ id }) => id);
  return ids.includes('python') ? ['python', ...ids.filter((id) => id !== 'python')] : ids;
}

/**
 * Creates the schema for the input of a code tool: the code, and a language that the executor runs. The default language is Python if
 * the executor runs it.
 *
 * @throws {SandpodError} `invalid-options` if the executor runs no language.
 */
export function codeInputSchema(executor: CodeExecutor): z.ZodType<CodeInput, { code: string; language?: string | undefined }> {
  const [first, ...others] = runnableLanguages(executor);
  if (first === undefined) {
    const message = 'executor: expected an executor that runs at least one language, given an executor whose policies only save code.';
    throw new SandpodError({ code: 'invalid-options', message });
  }
  const language = z.enum([first, ...others]).describe('The language of the code.');
  return toolInputSchema({
    code: z.string().min(1).max(MAX_CODE_CHARACTERS).describe('The complete program; it is run as is.'),
    language: first === 'python' || others.length === 0 ? language.default(first) : language,
  }) as z.ZodType<CodeInput, { code: string; language?: string | undefined }>;
}
