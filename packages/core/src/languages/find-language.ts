import type { Language } from './language.ts';

/**
 * Finds a language by id or alias.
 *
 * Ignores case, white space around the name, and the minor version in a name such as `python3.11`.
 */
export function findLanguage<Named extends Pick<Language, 'id' | 'aliases'>>(languages: readonly Named[], name: string): Named | undefined {
  const given = name.trim().toLowerCase();
  const withoutMinor = given.replace(/^([^.]*\d)(?:\.\d+)+$/, '$1');
  return findByName(languages, given) ?? (withoutMinor === given ? undefined : findByName(languages, withoutMinor));
}

function findByName<Named extends Pick<Language, 'id' | 'aliases'>>(languages: readonly Named[], name: string): Named | undefined {
  return languages.find(({ id, aliases }) => id.toLowerCase() === name || aliases.some((alias) => alias.toLowerCase() === name));
}
