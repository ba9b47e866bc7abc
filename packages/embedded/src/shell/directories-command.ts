import { type Command, defineCommand, type ResolvedCommandContext } from 'just-bash';
import { directoriesName } from './script-repairs.ts';
import type { Traps } from './trap-command.ts';

async function isDirectory(path: string, { fs, cwd }: ResolvedCommandContext): Promise<boolean> {
  const stat = await fs.stat(fs.resolvePath(cwd, path)).catch(() => undefined);
  return stat?.isDirectory ?? false;
}

/** Creates the command that runs instead of a pattern with a final slash. The shell splits the output of the command at blanks. */
export function directoriesCommand(traps: Traps): Command {
  return defineCommand(directoriesName, async (given, shell) => {
    const found: string[] = [];
    for (const path of given) if (await isDirectory(path, shell)) found.push(`${path}/`);
    if (found.some((path) => /\s/.test(path)))
      return traps.refuse('patterns with a final slash cannot match names with blanks in this sandbox');
    const unmatched = given.filter((path) => /[*?[]/.test(path)).map((path) => `${path}/`);
    return { stdout: (found.length > 0 ? found : unmatched).join('\n'), stderr: '', exitCode: 0 };
  });
}
