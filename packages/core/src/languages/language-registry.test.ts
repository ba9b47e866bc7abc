import { describe, expect, it } from 'vitest';
import { SandpodError } from '../errors/sandpod-error.ts';
import { BUILTIN_LANGUAGES } from './builtin-languages.ts';
import type { Language } from './language.ts';
import { LanguageRegistry } from './language-registry.ts';

const RUBY: Language = { id: 'ruby', aliases: ['rb'], extension: 'rb', interpreters: [['ruby', '-w']], defaultPolicy: 'run' };

function policies(registry: LanguageRegistry): Record<string, string> {
  return Object.fromEntries(registry.all().map((language) => [language.id, registry.policyOf(language)]));
}

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (SandpodError.isInstance(error) && error.code === 'invalid-options') return error.message;
    throw error;
  }
  throw new Error('expected an error');
}

describe('LanguageRegistry', () => {
  it('finds a language by id or alias, ignoring case, and nothing else', () => {
    const registry = new LanguageRegistry([RUBY]);
    for (const name of ['ruby', 'Ruby', 'RB', ' rb\n']) expect(registry.find(name)).toEqual(RUBY);
    for (const name of ['', ' ', 'rub', '__proto__', 'constructor', 'toString']) expect(registry.find(name)).toBeUndefined();
  });

  it('changes only the given policies', () => {
    const defaults = policies(new LanguageRegistry(BUILTIN_LANGUAGES));
    const changed = policies(new LanguageRegistry(BUILTIN_LANGUAGES, { Py: false, TypeScript: false }));
    expect(changed).toEqual({ ...defaults, python: 'save', typescript: 'save' });
  });

  it('refuses a policy for an unknown language and suggests a similar name or all names', () => {
    expect(messageOf(() => new LanguageRegistry(BUILTIN_LANGUAGES, { pyhton: true }))).toBe('policies: expected python, given "pyhton".');
    expect(messageOf(() => new LanguageRegistry([RUBY], { klingon: false }))).toBe('policies: expected one of ruby, given "klingon".');
  });

  it('refuses to run a language without an interpreter', () => {
    expect(messageOf(() => new LanguageRegistry(BUILTIN_LANGUAGES, { html: true }))).toBe(
      'policies.html: expected false, because html has no interpreter, given true.',
    );
  });

  it('refuses two policies for one language, unless they agree', () => {
    expect(messageOf(() => new LanguageRegistry([RUBY], { ruby: true, rb: false }))).toContain('expected one policy for ruby');
    expect(policies(new LanguageRegistry([RUBY], { ruby: false, rb: false }))).toEqual({ ruby: 'save' });
  });

  it('refuses policies that are not booleans', () => {
    expect(messageOf(() => new LanguageRegistry([RUBY], { ruby: 'yes' } as never))).toBe('policies.ruby: expected a boolean, given "yes".');
  });

  it('adds languages, replaces a language with the same id, and keeps policies', () => {
    const registry = new LanguageRegistry(BUILTIN_LANGUAGES, { python: false });
    const python: Language = { id: 'python', aliases: ['py'], extension: 'py', interpreters: [['pypy3']], defaultPolicy: 'run' };
    const extended = registry.withLanguages([RUBY, python]);
    expect(extended.find('rb')).toEqual(RUBY);
    expect(extended.find('py')).toEqual(python);
    expect(extended.find('python3')).toBeUndefined();
    expect(extended.policyOf(python)).toBe('save');
    expect(extended.all()).toHaveLength(BUILTIN_LANGUAGES.length + 1);
    expect(registry.find('rb')).toBeUndefined();
  });

  it('refuses a name that two languages share', () => {
    const clashing = { ...RUBY, id: 'other', aliases: ['Rb'] };
    expect(messageOf(() => new LanguageRegistry([RUBY, clashing]))).toBe(
      'languages: expected each name in only one language, given "rb" in both ruby and other.',
    );
    expect(() => new LanguageRegistry(BUILTIN_LANGUAGES).withLanguages([{ ...RUBY, aliases: ['python'] }])).toThrow(SandpodError);
    expect(() => new LanguageRegistry([RUBY, RUBY])).toThrow(SandpodError);
    expect(() => new LanguageRegistry([{ ...RUBY, aliases: ['ruby', 'RB', 'rb'] }])).not.toThrow();
  });

  it.each([
    [{ id: 'Ruby' }, 'languages[0].id: expected a name of letters, digits and "+#._-" in lower case, given "Ruby".'],
    [{ id: '' }, 'languages[0].id: '],
    [{ aliases: ['r b'] }, 'languages[0].aliases[0]: '],
    [{ extension: '../x' }, 'languages[0].extension: expected an extension without the dot, given "../x".'],
    [{ extension: '.rb' }, 'languages[0].extension: '],
    [{ extension: 'a/b' }, 'languages[0].extension: '],
    [{ interpreters: [] }, 'languages[0].defaultPolicy: expected "save", because interpreters is empty, given "run".'],
    [{ interpreters: [[]] }, 'languages[0].interpreters[0]'],
    [{ interpreters: [['']] }, 'languages[0].interpreters[0][0]: expected a program, given "".'],
    [{ interpreters: ['ruby'] }, 'languages[0].interpreters[0]: '],
    [{ defaultPolicy: 'maybe' }, 'languages[0].defaultPolicy: expected one of "run", "save", given "maybe".'],
    [{ env: { 'A=B': 'x' } }, 'languages[0].env["A=B"]: '],
    [{ prepare: 'x' }, 'languages[0].prepare: expected a function, given "x".'],
    [{ command: 'ruby' }, 'languages[0]: expected one of id, aliases, '],
  ])('refuses a language with %j', (change, message) => {
    expect(messageOf(() => new LanguageRegistry([{ ...RUBY, ...change } as unknown as Language]))).toContain(message);
  });

  it('accepts names such as c++ and extensions such as d.ts', () => {
    const languages: Language[] = [
      { ...RUBY, id: 'c++', aliases: ['C#', 'objective-c', '4th'], extension: 'd.ts', env: { A: 'b' }, prepare: (code) => code },
    ];
    expect(new LanguageRegistry(languages).find('C++')).toEqual(languages[0]);
  });

  it('does not change if the objects that it was created from change', () => {
    const language = { ...RUBY, aliases: ['rb'] };
    const registry = new LanguageRegistry([language]);
    language.aliases.push('py');
    language.extension = 'txt';
    expect(registry.find('ruby')).toEqual(RUBY);
  });

  it('saves an optional language if it has no interpreter, unless a policy decides', () => {
    const optional: Language = { ...RUBY, withoutInterpreter: 'save' };
    const registry = new LanguageRegistry([optional]);
    expect([registry.policyOf(optional), registry.policyOf(optional, new Set(['ruby']))]).toEqual(['save', 'run']);
    expect(registry.runnable()).toEqual([optional]);
    const decided = new LanguageRegistry([optional], { rb: true });
    expect(decided.policyOf(optional)).toBe('run');
    expect(new LanguageRegistry([optional], { rb: false }).runnable()).toEqual([]);
  });

  it('does not list languages for which the sandbox has no interpreter', () => {
    expect(new LanguageRegistry(BUILTIN_LANGUAGES).supportedNames(new Set(['sh']))).toMatch(/^sh \(run\); powershell, html/);
  });

  it('lists the supported languages', () => {
    const html: Language = { id: 'html', aliases: [], extension: 'html', interpreters: [], defaultPolicy: 'save' };
    expect(new LanguageRegistry([RUBY, html]).supportedNames()).toBe('ruby (run); html (saved only)');
    expect(new LanguageRegistry([RUBY]).supportedNames()).toBe('ruby (run)');
    expect(new LanguageRegistry([html]).supportedNames()).toBe('none (run); html (saved only)');
  });
});
