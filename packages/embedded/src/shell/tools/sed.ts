import type { Command } from 'just-bash';
import { SedMachine } from './sed-machine.ts';
import { SedScript } from './sed-script.ts';
import { linesOf, type ToolRun, toolCommand } from './tool.ts';
import { type GivenOptions, namesOf, readOptions, ToolError } from './tool-options.ts';

const long = {
  quiet: 'n',
  silent: 'n',
  'regexp-extended': 'E',
  'expression=': 'e',
  'file=': 'f',
  'in-place=?': 'i',
  separate: 's',
  'null-data': 'z',
  unbuffered: 'u',
  posix: 'posix',
  debug: 'debug',
};

/** Rewrites `-i` to `--in-place`, with the rest of the word as the suffix. A suffix in a separate word is not accepted. */
function withSuffix(given: readonly string[]): string[] {
  return given
    .map((word) =>
      word.replace(/^-([nErsuz]*)i(.*)$/s, (_, flags: string, suffix: string) => `${flags ? `-${flags}\0` : ''}--in-place=${suffix}`),
    )
    .flatMap((word) => word.split('\0'));
}

async function scriptOf(tool: ToolRun, { options, operands }: GivenOptions): Promise<{ source: string; files: readonly string[] }> {
  const parts: string[] = [];
  for (const { name, value } of options) {
    if (name === 'e') parts.push(value);
    if (name === 'f') parts.push((await tool.read(value)).replace(/\n$/, ''));
  }
  if (parts.length > 0) return { source: parts.join('\n'), files: operands };
  const [source, ...files] = operands;
  if (source === undefined) throw new ToolError('no script given');
  return { source, files };
}

interface SedFiles {
  readonly written: Map<string, string>;
  readonly texts: ReadonlyMap<string, string>;
}

async function readTexts(tool: ToolRun, script: SedScript): Promise<SedFiles> {
  const texts = new Map<string, string>();
  const written = new Map<string, string>();
  for (const { name, text, substitution } of script.commands) {
    if (name === 'r') texts.set(text, await tool.read(text).catch(() => ''));
    if (name === 'w') written.set(text, '');
    if (substitution?.file !== undefined) written.set(substitution.file, '');
  }
  return { written, texts };
}

interface SedFile {
  readonly names: ReadonlySet<string>;
  readonly suffix: string | undefined;
  readonly separator: string;
  readonly machine: SedMachine;
  readonly output: string[];
}

/** Runs the script on one file. With `-i`, the output replaces the file. */
async function runOnFile(
  tool: ToolRun,
  { name, text, file }: { readonly name: string; readonly text: string; readonly file: SedFile },
): Promise<void> {
  const { suffix, separator, machine, output } = file;
  machine.run(linesOf(text, separator), text.endsWith(separator));
  if (suffix === undefined) return;
  if (suffix !== '') await tool.write(suffix.includes('*') ? suffix.replaceAll('*', name) : name + suffix, text);
  await tool.write(name, output.splice(0).join(''));
}

async function runOnFiles(tool: ToolRun, files: readonly string[], file: SedFile): Promise<void> {
  const { names, suffix, separator, machine } = file;
  const isSeparate = suffix !== undefined || names.has('s');
  let joined = '';
  for (const name of files.length === 0 ? ['-'] : files) {
    const text = await tool.tryRead(name, 2);
    if (text === undefined || machine.isQuit) continue;
    if (isSeparate) await runOnFile(tool, { name, text, file });
    else joined += joined === '' || joined.endsWith(separator) ? text : separator + text;
  }
  if (joined !== '') machine.run(linesOf(joined, separator), joined.endsWith(separator));
}

async function sed(tool: ToolRun): Promise<void> {
  const given = readOptions(withSuffix(tool.given), { flags: 'nErsuz', values: 'ef', long });
  const names = namesOf(given);
  const { source, files } = await scriptOf(tool, given);
  const suffix = given.options.findLast(({ name }) => name === 'i')?.value;
  const script = new SedScript(source.replace(/^#n(?=\n|$)/, ''), names.has('E') || names.has('r'));
  const around = await readTexts(tool, script);
  const separator = names.has('z') ? '\0' : '\n';
  const output: string[] = [];
  const machine = new SedMachine(script, {
    isQuiet: names.has('n') || /^#n(?:\n|$)/.test(source),
    separator,
    longestText: tool.shell.limits.maxStringLength,
    print: (text) => output.push(text),
    writeFile: (name, text) => around.written.set(name, (around.written.get(name) ?? '') + text),
    fileText: (name) => around.texts.get(name) ?? '',
  });
  await runOnFiles(tool, files, { names, suffix, separator, machine, output });
  for (const [name, text] of around.written) await writeOut(tool, { name, text });
  tool.print(output.join(''));
  tool.exitCode = Math.max(tool.exitCode, machine.exitCode);
}

async function writeOut(tool: ToolRun, { name, text }: { readonly name: string; readonly text: string }): Promise<void> {
  if (name === '/dev/stdout') tool.print(text);
  else if (name === '/dev/stderr') tool.stderr += text;
  else await tool.write(name, text);
}

/** Implements GNU sed. */
export const sedCommand: Command = toolCommand('sed', sed);
