import type { CodeExecutor } from '@sandpod/core';

/** The language in which the executor runs shell lines: bash where it has one, else sh; undefined where it has no shell. */
export function shellLanguage({ capabilities }: CodeExecutor): string | undefined {
  const run = capabilities.languages.filter(({ policy }) => policy === 'run');
  const find = (name: string): string | undefined => run.find(({ id, aliases }) => id === name || aliases.includes(name))?.id;
  return find('bash') ?? find('sh');
}
