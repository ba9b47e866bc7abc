import { CodeExecutionLanguage } from '@google/adk';
import type { CodeExecutor } from '@sandpod/core';
import { shellLanguage } from '../shared/shell-language.ts';

/** The executor's name of one of ADK's languages; one that it does not know is refused by the executor itself. */
export function toLanguage(language: CodeExecutionLanguage | undefined, executor: CodeExecutor): string {
  if (language === undefined || language === CodeExecutionLanguage.UNSPECIFIED) return 'python';
  return language === CodeExecutionLanguage.SHELL ? (shellLanguage(executor) ?? 'sh') : language;
}
