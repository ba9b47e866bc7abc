import { SandpodError } from '../errors/sandpod-error.ts';
import type { Language } from './language.ts';

/** Languages by id or alias, in any case, with what is to be done with each. */
export class LanguageRegistry {
  readonly #languages: readonly Language[];
  readonly #byName: ReadonlyMap<string, Language>;
  readonly #policies: ReadonlyMap<string, boolean>;

  constructor(languages: readonly Language[], policies: Readonly<Record<string, boolean>> = {}) {
    this.#languages = languages;
    this.#byName = indexByName(languages);
    this.#policies = new Map(Object.entries(policies).map(([name, isRun]) => [this.#check(name, isRun).id, isRun]));
  }

  find(name: string): Language | undefined {
    return this.#byName.get(name.toLowerCase());
  }

  policyOf(language: Language): 'run' | 'save' {
    const isRun = this.#policies.get(language.id);
    if (isRun === undefined) return language.interpreters.length === 0 ? 'save' : language.defaultPolicy;
    return isRun ? 'run' : 'save';
  }

  all(): readonly Language[] {
    return this.#languages;
  }

  /** A registry that also knows `extra`; one with a known id takes that one's place. */
  withLanguages(extra: readonly Language[]): LanguageRegistry {
    const replaced = new Set(extra.map(({ id }) => id));
    const languages = [...this.#languages.filter(({ id }) => !replaced.has(id)), ...extra];
    return new LanguageRegistry(languages, Object.fromEntries(this.#policies));
  }

  /** For messages: every language with its policy. */
  supportedNames(): string {
    const runnable = this.#languages.filter((language) => this.policyOf(language) === 'run').map(({ id }) => id);
    const saved = this.#languages.filter((language) => this.policyOf(language) === 'save').map(({ id }) => id);
    return `${runnable.join(', ')} (run); ${saved.join(', ')} (saved only)`;
  }

  #check(name: string, isRun: boolean): Language {
    const language = this.find(name);
    if (language === undefined) throw invalid(`policies.${name}: expected one of ${this.#languages.map(({ id }) => id).join(', ')}`);
    if (isRun && language.interpreters.length === 0) throw invalid(`policies.${name}: expected false, given true; no program runs ${language.id}`);
    return language;
  }
}

function indexByName(languages: readonly Language[]): ReadonlyMap<string, Language> {
  const byName = new Map<string, Language>();
  for (const language of languages) {
    for (const name of [language.id, ...language.aliases]) {
      const other = byName.get(name.toLowerCase());
      if (other !== undefined) throw invalid(`languages: the name ${JSON.stringify(name)} belongs to both ${other.id} and ${language.id}`);
      byName.set(name.toLowerCase(), language);
    }
  }
  return byName;
}

function invalid(message: string): SandpodError {
  return new SandpodError({ code: 'invalid-options', message: `${message}.` });
}
