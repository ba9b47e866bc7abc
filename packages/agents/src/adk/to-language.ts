import { CodeExecutionLanguage } from '@google/adk';
import type { CodeExecutor } from '@sandpod/core';
import { shellLanguage } from '../shared/shell-language.ts';

/** The executor's name for an ADK language. If the executor does not support the language, it refuses the run. */
export function toLanguage(language: CodeExecutionLanguage | undefined, executor: CodeExecutor): string {
  if (language === undefined || language === CodeExecutionLanguage.UNSPECIFIED) return 'python';
  return language === CodeExecutionLanguage.SHELL ? (shellLanguage(executor) ?? 'sh') : language;
}
