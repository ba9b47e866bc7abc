import { describe, expect, it } from 'vitest';
import { BUILTIN_LANGUAGES } from './builtin-languages.ts';
import { LanguageRegistry } from './language-registry.ts';

describe('BUILTIN_LANGUAGES', () => {
  const registry = new LanguageRegistry(BUILTIN_LANGUAGES);

  it.each<readonly [name: string, id: string, extension: string, policy: string]>([
    ['python', 'python', 'py', 'run'],
    ['py', 'python', 'py', 'run'],
    ['Python', 'python', 'py', 'run'],
    ['python3', 'python', 'py', 'run'],
    ['python3.11', 'python', 'py', 'run'],
    ['ipython', 'python', 'py', 'run'],
    ['bash', 'bash', 'sh', 'run'],
    ['sh', 'sh', 'sh', 'run'],
    ['shell', 'sh', 'sh', 'run'],
    ['javascript', 'javascript', 'js', 'run'],
    ['JS', 'javascript', 'js', 'run'],
    ['node', 'javascript', 'js', 'run'],
    ['ts', 'typescript', 'ts', 'run'],
    ['pwsh', 'powershell', 'ps1', 'save'],
    ['ps1', 'powershell', 'ps1', 'save'],
    ['html', 'html', 'html', 'save'],
    ['css', 'css', 'css', 'save'],
    ['json', 'json', 'json', 'save'],
    ['md', 'markdown', 'md', 'save'],
    ['yml', 'yaml', 'yaml', 'save'],
    ['csv', 'csv', 'csv', 'save'],
    ['plaintext', 'text', 'txt', 'save'],
  ])('%s is %s with extension %s: %s', (...[name, id, extension, policy]) => {
    const language = registry.find(name);
    expect(language).toMatchObject({ id, extension });
    expect(language && registry.policyOf(language)).toBe(policy);
  });

  it('streams the output of Python', () => {
    expect(registry.find('python')?.env).toEqual({ PYTHONUNBUFFERED: '1' });
  });

  it('can run every language that has an interpreter, and can save every language', () => {
    for (const { id, interpreters } of BUILTIN_LANGUAGES) {
      expect(() => new LanguageRegistry(BUILTIN_LANGUAGES, { [id]: false })).not.toThrow();
      if (interpreters.length > 0) expect(() => new LanguageRegistry(BUILTIN_LANGUAGES, { [id]: true })).not.toThrow();
    }
  });
});
