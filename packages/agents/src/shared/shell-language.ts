import type { CodeExecutor } from '@sandpod/core';

/** Returns the executor's language for shell commands: bash if available, otherwise sh. Returns undefined if the executor has no shell. */
export function shellLanguage({ capabilities }: CodeExecutor): string | undefined {
  const run = capabilities.languages.filter(({ policy }) => policy === 'run');
  const find = (name: string): string | undefined => run.find(({ id, aliases }) => id === name || aliases.includes(name))?.id;
  return find('bash') ?? find('sh');
}
