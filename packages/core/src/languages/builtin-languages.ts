import type { Language } from './language.ts';
import { prepareJavascript } from './prepare-javascript.ts';
import { prepareShell } from './prepare-shell.ts';
import { stripTypes } from './strip-types.ts';

function saved(id: string, extension: string, aliases: readonly string[] = []): Language {
  return { id, aliases, extension, interpreters: [], defaultPolicy: 'save' };
}

/** The default languages of every command-line executor. */
export const BUILTIN_LANGUAGES: readonly Language[] = [
  {
    id: 'python',
    aliases: ['py', 'py3', 'python3', 'ipython', 'ipython3'],
    extension: 'py',
    interpreters: [['python3'], ['python']],
    defaultPolicy: 'run',
    env: { PYTHONUNBUFFERED: '1' },
  },
  { id: 'bash', aliases: [], extension: 'sh', interpreters: [['bash']], defaultPolicy: 'run', prepare: prepareShell },
  { id: 'sh', aliases: ['shell'], extension: 'sh', interpreters: [['sh']], defaultPolicy: 'run', prepare: prepareShell },
  {
    id: 'javascript',
    aliases: ['js', 'node', 'mjs', 'cjs'],
    extension: 'js',
    interpreters: [['node']],
    defaultPolicy: 'run',
    prepare: prepareJavascript,
  },
  {
    id: 'typescript',
    aliases: ['ts'],
    extension: 'ts',
    interpreters: [['node']],
    defaultPolicy: 'run',
    prepare: async (code, abortSignal) => prepareJavascript(await stripTypes(code, abortSignal)),
  },
  {
    id: 'powershell',
    aliases: ['pwsh', 'ps1'],
    extension: 'ps1',
    interpreters: [['pwsh', '-NoLogo', '-NonInteractive', '-File']],
    defaultPolicy: 'run',
    withoutInterpreter: 'save',
  },
  saved('html', 'html'),
  saved('css', 'css'),
  saved('json', 'json'),
  saved('markdown', 'md', ['md']),
  saved('yaml', 'yaml', ['yml']),
  saved('csv', 'csv'),
  saved('text', 'txt', ['txt', 'plaintext']),
];
