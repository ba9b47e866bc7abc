import { randomInt } from 'node:crypto';
import { type Command, defineCommand, type ExecResult, latin1FromBytes, type ResolvedCommandContext } from 'just-bash';
import { toolCommands } from './tools/tool-commands.ts';

function printed(stdout: string): ExecResult {
  return { stdout, stderr: '', exitCode: 0 };
}

function failed(message: string): ExecResult {
  return { stdout: '', stderr: `${message}\n`, exitCode: 1 };
}

function randomName(template: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  return template.replace(/X+$/, (letters) => Array.from(letters, () => alphabet[randomInt(alphabet.length)]).join(''));
}

async function makeTemporary(given: string[], { fs, cwd, env }: ResolvedCommandContext): Promise<ExecResult> {
  const isDirectory = given.some((word) => /^-\w*d/.test(word) || word === '--directory');
  const inTemporary = given.some((word) => /^-\w*t/.test(word) || word.startsWith('--tmpdir'));
  const template = given.find((word) => !word.startsWith('-'));
  if (template !== undefined && !/XXX+$/.test(template)) return failed(`mktemp: too few X's in template '${template}'`);
  const isDry = given.some((word) => /^-\w*u/.test(word) || word === '--dry-run');
  const isRelative = template !== undefined && !inTemporary;
  const base = !isRelative ? (env.get('TMPDIR') ?? '/tmp') : cwd;
  const name = randomName(template ?? 'tmp.XXXXXXXXXX');
  const path = fs.resolvePath(base, name);
  if (!isDry) await (isDirectory ? fs.mkdir(path) : fs.writeFile(path, ''));
  return printed(`${isRelative ? name : path}\n`);
}

async function realPath(given: string[], { fs, cwd }: ResolvedCommandContext): Promise<ExecResult> {
  const paths = given.filter((word) => !word.startsWith('-'));
  if (paths.length === 0) return failed('realpath: missing operand');
  try {
    const found = await Promise.all(paths.map((path) => fs.realpath(fs.resolvePath(cwd, path))));
    return printed(`${found.join('\n')}\n`);
  } catch {
    return failed(`realpath: ${paths.join(' ')}: No such file or directory`);
  }
}

const systemNames: Readonly<Record<string, string>> = {
  s: 'Linux',
  n: 'sandpod',
  r: '0.0.0',
  v: 'sandpod',
  m: 'wasm32',
  o: 'GNU/Linux',
  p: 'wasm32',
};

async function systemName(given: string[]): Promise<ExecResult> {
  const letters = given.join('').replaceAll('-', '') || 's';
  const wanted = letters.includes('a') ? 'snrvmo' : letters;
  return printed(`${[...wanted].map((letter) => systemNames[letter] ?? '').join(' ')}\n`);
}

async function identity(given: string[]): Promise<ExecResult> {
  const words = given.join('');
  if (words.includes('n')) return printed('sandbox\n');
  return printed(/u|g/.test(words) ? '1000\n' : 'uid=1000(sandbox) gid=1000(sandbox) groups=1000(sandbox)\n');
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Implements `env`. The `env` of just-bash also lists variables that are not exported, and does not export the variables it is given. */
async function environment(given: string[], shell: ResolvedCommandContext): Promise<ExecResult> {
  const { origCommand, exec, cwd, stdin } = shell;
  const exportedEnv = shell.exportedEnv ?? {};
  const firstOther = given.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word));
  const words = firstOther < 0 ? [] : given.slice(firstOther);
  const assignments = firstOther < 0 ? given : given.slice(0, firstOther);
  if (words[0]?.startsWith('-') && origCommand) return origCommand(given);
  if (words.length === 0) {
    const listed = [...Object.entries(exportedEnv).map(([name, value]) => `${name}=${value}`), ...assignments];
    return printed(listed.map((entry) => `${entry}\n`).join(''));
  }
  if (!exec) return failed('env: no shell to run a command');
  const exports = assignments.map((entry) => `export ${quoted(entry)}; `).join('');
  const line = `${exports}${words.map(quoted).join(' ')}`;
  return exec(line, { cwd, env: { ...exportedEnv }, stdin: latin1FromBytes(stdin), stdinKind: 'bytes' });
}

/** Returns small commands that scripts expect and that just-bash lacks or implements differently. */
export function utilityCommands(): Command[] {
  return [
    defineCommand('env', environment),
    defineCommand('mktemp', makeTemporary),
    defineCommand('realpath', realPath),
    defineCommand('uname', systemName),
    defineCommand('id', identity),
    defineCommand('nproc', async () => printed('1\n')),
    defineCommand('sync', async () => printed('')),
    ...toolCommands,
  ];
}
