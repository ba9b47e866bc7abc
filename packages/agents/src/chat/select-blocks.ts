import { type CodeBlock, type CodeExecutor, findLanguage } from '@sandpod/core';
import { extractCodeBlocksInSteps, inTurns, Pace } from '@sandpod/core/backend';
import { cleanLine } from '../shared/clean-text.ts';
import { type ChatMessage, EXECUTOR } from './chat-message.ts';

export interface SelectBlocksOptions {
  readonly executor: CodeExecutor;
  /** Ids or aliases of the languages that may run; undefined means all languages that the executor runs. */
  readonly languages?: readonly string[] | undefined;
  readonly sources: readonly string[];
  readonly defaultLanguage?: string | undefined;
  readonly abortSignal?: AbortSignal | undefined;
}

export interface Selection {
  readonly blocks: readonly CodeBlock[];
  /** Languages of the blocks that may not run, without duplicates. An empty string represents a fence without a language. */
  readonly skipped: readonly string[];
  /** Ids of the languages that may run. */
  readonly allowed: readonly string[];
}

/**
 * Selects the blocks to run, and regularly lets the event loop run. These are the blocks in allowed languages that the given sources wrote
 * after the executor's last message.
 */
export async function selectBlocks(messages: readonly ChatMessage[], options: SelectBlocksOptions): Promise<Selection> {
  const { executor, defaultLanguage, sources, abortSignal } = options;
  const { languages } = executor.capabilities;
  const allowed = allowedLanguages(options);
  const recent = messages.slice(messages.findLastIndex(({ source }) => source === EXECUTOR) + 1);
  const isAllowed = ({ language }: CodeBlock): boolean => allowed.includes(findLanguage(languages, language)?.id ?? '');
  const blocks: CodeBlock[] = [];
  const skipped = new Set<string>();
  const pace = new Pace(abortSignal);
  for (const { text } of recent.filter(({ source }) => sources.includes(source)))
    for (const block of await inTurns(extractCodeBlocksInSteps(text, { defaultLanguage }), abortSignal)) {
      if (isAllowed(block)) blocks.push(block);
      else skipped.add(cleanLine(block.language));
      if (pace.isDue) await pace.turn();
    }
  return { blocks, skipped: [...skipped], allowed };
}

/** Returns the ids of the languages that may run. */
export function allowedLanguages({ executor, languages }: SelectBlocksOptions): string[] {
  const known = executor.capabilities.languages;
  if (languages === undefined) return known.filter(({ policy }) => policy === 'run').map(({ id }) => id);
  return languages.flatMap((name) => findLanguage(known, name)?.id ?? []);
}
