import type { Language } from './language.ts';

function saved(id: string, extension: string, aliases: readonly string[] = []): Language {
  return { id, aliases, extension, interpreters: [], defaultPolicy: 'save' };
}

/** The languages that every command-line executor knows. */
export const BUILTIN_LANGUAGES: readonly Language[] = [
  {
    id: 'python',
    aliases: ['py', 'python3'],
    extension: 'py',
    interpreters: [['python3'], ['python']],
    defaultPolicy: 'run',
    env: { PYTHONUNBUFFERED: '1' },
  },
  { id: 'bash', aliases: [], extension: 'sh', interpreters: [['bash']], defaultPolicy: 'run' },
  { id: 'sh', aliases: ['shell'], extension: 'sh', interpreters: [['sh']], defaultPolicy: 'run' },
  { id: 'javascript', aliases: ['js', 'node', 'mjs'], extension: 'js', interpreters: [['node']], defaultPolicy: 'run' },
  { id: 'typescript', aliases: ['ts'], extension: 'ts', interpreters: [['node']], defaultPolicy: 'save' },
  { id: 'powershell', aliases: ['pwsh', 'ps1'], extension: 'ps1', interpreters: [['pwsh', '-File']], defaultPolicy: 'save' },
  saved('html', 'html'),
  saved('css', 'css'),
  saved('json', 'json'),
  saved('markdown', 'md', ['md']),
  saved('yaml', 'yaml', ['yml']),
  saved('csv', 'csv'),
  saved('text', 'txt', ['txt', 'plaintext']),
];
