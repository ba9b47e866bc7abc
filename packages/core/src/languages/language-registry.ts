import { z } from 'zod';
import { SandpodError } from '../errors/sandpod-error.ts';
import { closestName } from '../options/closest-name.ts';
import { showText } from '../options/show-value.ts';
import { validateOptions } from '../options/validate-options.ts';
import type { Language } from './language.ts';
import { languageSchema } from './language-schema.ts';

const languagesSchema = z.array(languageSchema);
const policiesSchema = z.record(z.string(), z.boolean());

/** Ids of languages, or a map with such keys. */
export type Interpreters = Pick<ReadonlySet<string>, 'has'>;

const NONE: Interpreters = new Set();

/** Languages by id or alias, in any case, with what is to be done with each. */
export class LanguageRegistry {
  readonly #languages: readonly Language[];
  readonly #byName: ReadonlyMap<string, Language>;
  readonly #policies: ReadonlyMap<string, boolean>;

  /**
   * `policies`: language id or alias → true (run) or false (save only). Default: what each language says.
   *
   * @throws {SandpodError} `invalid-options` for a malformed language, a name that two languages share, a policy for an
   * unknown language, or one that would run a language without interpreter.
   */
  constructor(languages: readonly Language[], policies: Readonly<Record<string, boolean>> = {}) {
    this.#languages = validateOptions(languagesSchema, languages, 'languages');
    this.#byName = indexByName(this.#languages);
    this.#policies = this.#readPolicies(validateOptions(policiesSchema, policies, 'policies'));
  }

  find(name: string): Language | undefined {
    return this.#byName.get(name.toLowerCase());
  }

  /** `found`: the ids of the languages that a sandbox has an interpreter for. */
  policyOf(language: Language, found: Interpreters = NONE): 'run' | 'save' {
    const isRun = this.#policies.get(language.id);
    if (isRun !== undefined) return isRun ? 'run' : 'save';
    const isLeftToImage = language.withoutInterpreter === 'save';
    return isLeftToImage && !found.has(language.id) ? 'save' : language.defaultPolicy;
  }

  /** The languages whose interpreters are to be looked for. */
  runnable(): readonly Language[] {
    return this.#languages.filter(({ id, defaultPolicy }) => this.#policies.get(id) ?? defaultPolicy === 'run');
  }

  all(): readonly Language[] {
    return this.#languages;
  }

  /** A registry that also knows `extra`; one with a known id takes that one's place. Policies stay. */
  withLanguages(extra: readonly Language[]): LanguageRegistry {
    const replaced = new Set(extra.map(({ id }) => id));
    const kept = this.#languages.filter(({ id }) => !replaced.has(id));
    return new LanguageRegistry([...kept, ...extra], Object.fromEntries(this.#policies));
  }

  /** For messages: every language with its policy; those to be run that a sandbox has no interpreter for are left out. */
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
      if (isRun && interpreters.length === 0) throw invalid(`policies.${name}: expected false, because no program runs ${id}, given true`);
      if ((byId.get(id) ?? isRun) !== isRun) throw invalid(`policies: expected one policy for ${id}, given true and false under two names`);
      byId.set(id, isRun);
    }
    return byId;
  }

  #expect(name: string): Language {
    const language = this.find(name);
    if (language !== undefined) return language;
    const closest = closestName(name, [...this.#byName.keys()]);
    const expected = closest ?? `one of ${this.#languages.map(({ id }) => id).join(', ')}`;
    throw invalid(`policies: expected ${expected}, given ${showText(name)}`);
  }
}

function indexByName(languages: readonly Language[]): ReadonlyMap<string, Language> {
  const byName = new Map<string, Language>();
  for (const language of languages) {
    for (const name of new Set([language.id, ...language.aliases].map((one) => one.toLowerCase()))) {
      const other = byName.get(name);
      if (other !== undefined)
        throw invalid(
          `languages: expected names that belong to one language, given ${showText(name)} in both ${other.id} and ${language.id}`,
        );
      byName.set(name, language);
    }
  }
  return byName;
}

function invalid(message: string): SandpodError {
  return new SandpodError({ code: 'invalid-options', message: `${message}.` });
}
