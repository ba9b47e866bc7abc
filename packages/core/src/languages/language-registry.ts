import { z } from 'zod';
import { SandpodError } from '../errors/sandpod-error.ts';
import { closestName } from '../options/closest-name.ts';
import { showText } from '../options/show-value.ts';
import { validateOptions } from '../options/validate-options.ts';
import { findLanguage } from './find-language.ts';
import type { Language } from './language.ts';
import { languageSchema } from './language-schema.ts';

const languagesSchema = z.array(languageSchema);
const policiesSchema = z.record(z.string(), z.boolean());

/** A set of language ids, or a map with language ids as keys. */
export type Interpreters = Pick<ReadonlySet<string>, 'has'>;

const NONE: Interpreters = new Set();

/** Finds languages by id or alias, as {@link findLanguage} does, and decides whether code in a language is run or only saved. */
export class LanguageRegistry {
  readonly #languages: readonly Language[];
  readonly #policies: ReadonlyMap<string, boolean>;

  /**
   * `policies`: for each language id or alias, true to run the code, false to only save it. Default: the `defaultPolicy` of the language.
   *
   * @throws {SandpodError} `invalid-options` if a language is malformed, two languages share a name, a policy is for an unknown language,
   * or a policy runs a language that has no interpreters.
   */
  constructor(languages: readonly Language[], policies: Readonly<Record<string, boolean>> = {}) {
    this.#languages = validateOptions(languagesSchema, languages, 'languages');
    checkNames(this.#languages);
    this.#policies = this.#readPolicies(validateOptions(policiesSchema, policies, 'policies'));
  }

  find(name: string): Language | undefined {
    return findLanguage(this.#languages, name);
  }

  /** Returns the policy for a language. `found` contains the ids of the languages for which the sandbox has an interpreter. */
  policyOf(language: Language, found: Interpreters = NONE): 'run' | 'save' {
    const isRun = this.#policies.get(language.id);
    if (isRun !== undefined) return isRun ? 'run' : 'save';
    const isLeftToImage = language.withoutInterpreter === 'save';
    return isLeftToImage && !found.has(language.id) ? 'save' : language.defaultPolicy;
  }

  /** Returns the languages that are run if the sandbox has an interpreter for them. */
  runnable(): readonly Language[] {
    return this.#languages.filter(({ id, defaultPolicy }) => this.#policies.get(id) ?? defaultPolicy === 'run');
  }

  all(): readonly Language[] {
    return this.#languages;
  }

  /** Returns a new registry that also contains `extra`. A language replaces an existing language with the same id. Policies are kept. */
  withLanguages(extra: readonly Language[]): LanguageRegistry {
    const replaced = new Set(extra.map(({ id }) => id));
    const kept = this.#languages.filter(({ id }) => !replaced.has(id));
    return new LanguageRegistry([...kept, ...extra], Object.fromEntries(this.#policies));
  }

  /** Lists the languages and their policies, for messages. Omits languages whose interpreter is not in `found`. */
  supportedNames(found?: Interpreters): string {
    const idsOf = (policy: 'run' | 'save'): string[] =>
      this.#languages.filter((language) => this.policyOf(language, found) === policy).map(({ id }) => id);
    const run = idsOf('run').filter((id) => found?.has(id) ?? true);
    const saved = idsOf('save');
    return `${run.join(', ') || 'none'} (run)${saved.length > 0 ? `; ${saved.join(', ')} (saved only)` : ''}`;
  }

  #readPolicies(policies: Readonly<Record<string, boolean>>): Map<string, boolean> {
    const byId = new Map<string, boolean>();
    for (const [name, isRun] of Object.entries(policies)) {
      const { id, interpreters } = this.#expect(name);
      if (isRun && interpreters.length === 0)
        throw invalid(`policies.${name}: expected false, because ${id} has no interpreter, given true`);
      if ((byId.get(id) ?? isRun) !== isRun) throw invalid(`policies: expected one policy for ${id}, given both true and false`);
      byId.set(id, isRun);
    }
    return byId;
  }

  #expect(name: string): Language {
    const language = this.find(name);
    if (language !== undefined) return language;
    const closest = closestName(name, this.#languages.flatMap(namesOf));
    const expected = closest ?? `one of ${this.#languages.map(({ id }) => id).join(', ')}`;
    throw invalid(`policies: expected ${expected}, given ${showText(name)}`);
  }
}

/** Checks the names of languages. @throws {SandpodError} `invalid-options` if two languages share a name. */
function checkNames(languages: readonly Language[]): void {
  const byName = new Map<string, Language>();
  for (const language of languages) {
    for (const name of new Set(namesOf(language))) {
      const other = byName.get(name);
      if (other !== undefined)
        throw invalid(`languages: expected each name in only one language, given ${showText(name)} in both ${other.id} and ${language.id}`);
      byName.set(name, language);
    }
  }
}

function namesOf({ id, aliases }: Language): string[] {
  return [id, ...aliases].map((name) => name.toLowerCase());
}

function invalid(message: string): SandpodError {
  return new SandpodError({ code: 'invalid-options', message: `${message}.` });
}
