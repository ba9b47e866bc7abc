import { CodeExecutionLanguage } from '@google/adk';
import type { CodeExecutor } from '@sandpod/core';
import { shellLanguage } from '../shared/shell-language.ts';

/** Returns the executor's name for an ADK language. The executor refuses to run a language that it does not support. */
export function toLanguage(language: CodeExecutionLanguage | undefined, executor: CodeExecutor): string {
  if (language === undefined || language === CodeExecutionLanguage.UNSPECIFIED) return 'python';
  return language === CodeExecutionLanguage.SHELL ? (shellLanguage(executor) ?? 'sh') : language;
}
