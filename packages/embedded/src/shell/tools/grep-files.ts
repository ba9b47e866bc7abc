import { posix } from 'node:path';
import type { GrepRequest } from './grep.ts';
import type { ToolRun } from './tool.ts';
import { ToolError } from './tool-options.ts';

function globRegex(glob: string): RegExp {
  const source = glob.replace(/\[!?[^\]]*\]|[\\^$.*+?()|{}[\]/]/g, (part) => {
    if (part === '*') return '.*';
    if (part === '?') return '.';
    return part.length > 1 ? part.replace('[!', '[^') : `\\${part}`;
  });
  return new RegExp(`^${source}$`, 's');
}

interface Walk {
  readonly tool: ToolRun;
  readonly isWanted: (name: string) => boolean;
  readonly isSkipped: (name: string) => boolean;
  readonly found: string[];
}

async function walk(options: Walk, directory: string): Promise<void> {
  const { tool, isWanted, isSkipped, found } = options;
  const { fs } = tool.shell;
  for (const entry of await fs.readdir(tool.path(directory))) {
    const path = directory === '.' ? entry : posix.join(directory, entry);
    const stat = await fs.lstat(tool.path(path));
    if (stat.isDirectory && !isSkipped(entry)) await walk(options, path);
    else if (stat.isFile && isWanted(entry)) found.push(path);
  }
}

/** Returns the files that grep searches: its operands and, with `-r`, all files below them. */
export async function grepFiles(
  tool: ToolRun,
  { request, operands }: { readonly request: GrepRequest; readonly operands: readonly string[] },
): Promise<readonly string[]> {
  const { names, given } = request;
  if (!names.has('r') && !names.has('R')) return operands.length === 0 ? ['-'] : operands;
  const globs = (option: string): RegExp[] => given.options.filter(({ name }) => name === option).map(({ value }) => globRegex(value));
  const [included, excluded, skipped] = [globs('include'), globs('exclude'), globs('exclude-dir')];
  const found: string[] = [];
  const options: Walk = {
    tool,
    isWanted: (name) => (included.length === 0 || included.some((glob) => glob.test(name))) && !excluded.some((glob) => glob.test(name)),
    isSkipped: (name) => skipped.some((glob) => glob.test(name)),
    found,
  };
  for (const operand of operands.length === 0 ? ['.'] : operands) {
    const stat = await tool.shell.fs.stat(tool.path(operand)).catch(() => undefined);
    if (stat?.isDirectory) await walk(options, operand.replace(/(.)\/+$/, '$1'));
    else found.push(operand);
  }
  if (given.options.some(({ name }) => name === 'd' || name === 'D'))
    throw new ToolError('the options -d and -D are not supported in this sandbox');
  return found;
}
