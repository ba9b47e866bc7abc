import { type CodeBlock, type CodeExecutor, extractCodeBlocks, findLanguage } from '@sandpod/core';
import { cleanLine } from '../shared/clean-text.ts';
import { type ChatMessage, EXECUTOR } from './chat-message.ts';

export interface SelectBlocksOptions {
  readonly executor: CodeExecutor;
  /** Ids or aliases of the languages that may run; undefined means all languages that the executor runs. */
  readonly languages?: readonly string[] | undefined;
  readonly sources: readonly string[];
  readonly defaultLanguage?: string | undefined;
}

export interface Selection {
  readonly blocks: readonly CodeBlock[];
  /** Languages of the blocks that may not run, without duplicates. An empty string represents a fence without a language. */
  readonly skipped: readonly string[];
  /** Ids of the languages that may run. */
  readonly allowed: readonly string[];
}

/** Selects the blocks to run. These are the blocks in allowed languages that the given sources wrote after the executor's last message. */
export function selectBlocks(messages: readonly ChatMessage[], options: SelectBlocksOptions): Selection {
  const { executor, defaultLanguage, sources } = options;
  const { languages } = executor.capabilities;
  const allowed = allowedLanguages(options);
  const recent = messages.slice(messages.findLastIndex(({ source }) => source === EXECUTOR) + 1);
  const all = recent.filter(({ source }) => sources.includes(source)).flatMap(({ text }) => extractCodeBlocks(text, { defaultLanguage }));
  const isAllowed = ({ language }: CodeBlock): boolean => allowed.includes(findLanguage(languages, language)?.id ?? '');
  const skipped = all.filter((block) => !isAllowed(block)).map(({ language }) => cleanLine(language));
  return { blocks: all.filter(isAllowed), skipped: [...new Set(skipped)], allowed };
}

function allowedLanguages({ executor, languages }: SelectBlocksOptions): string[] {
  const known = executor.capabilities.languages;
  if (languages === undefined) return known.filter(({ policy }) => policy === 'run').map(({ id }) => id);
  return languages.flatMap((name) => findLanguage(known, name)?.id ?? []);
}
