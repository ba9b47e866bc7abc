import { type CodeBlock, findFilenameDirective, findLanguage, type LanguageCapability } from '@sandpod/core';
import { UsageError } from '../arguments/usage-error.ts';

export interface Selection {
  readonly blocks: readonly CodeBlock[];
  /** One line for each skipped block. */
  readonly skipped: readonly string[];
}

/**
 * Selects the blocks to run. Skips blocks that a model only shows to the user, such as output, data and text. Blocks in a language that the
 * back end saves but does not run are kept if they have a file name.
 *
 * @throws {UsageError} if no block would run.
 */
export function selectRunnable(blocks: readonly CodeBlock[], languages: readonly LanguageCapability[]): Selection {
  const kept: CodeBlock[] = [];
  const skipped: string[] = [];
  let runs = 0;
  for (const [index, block] of blocks.entries()) {
    const policy = policyOf(block, languages);
    if (policy === 'run') runs += 1;
    if (policy === 'run' || (policy === 'save' && isNamed(block))) kept.push(block);
    else skipped.push(`skipped block ${index + 1} of ${blocks.length}: ${nameOf(block)} is not run here`);
  }
  if (runs === 0) throw nothingToRun(blocks, languages);
  return { blocks: kept, skipped };
}

function isNamed({ filename, code }: CodeBlock): boolean {
  return (filename ?? findFilenameDirective(code)) !== undefined;
}

function policyOf({ language }: CodeBlock, languages: readonly LanguageCapability[]): LanguageCapability['policy'] | undefined {
  return findLanguage(languages, language)?.policy;
}

function nothingToRun(blocks: readonly CodeBlock[], languages: readonly LanguageCapability[]): UsageError {
  const given = [...new Set(blocks.map(nameOf))].join(', ');
  const known = languages.filter(({ policy }) => policy === 'run').map(({ id }) => id);
  const advice = blocks.length === 1 ? ' If the code is in one of these languages, set --language.' : '';
  return new UsageError(
    `Nothing to run: expected code in one of the languages ${known.join(', ')}; got ${given}.`,
    `To list the back ends: sandpod backends.${advice}`,
  );
}

function nameOf({ language }: CodeBlock): string {
  return language.trim() === '' ? 'a block without a language' : JSON.stringify(language);
}
