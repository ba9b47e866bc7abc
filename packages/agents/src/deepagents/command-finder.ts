import { posix } from 'node:path';
import { isTmpCodeFile } from '@sandpod/core';
import type { GrepMatch } from 'deepagents';
import type { FileFinder, FoundFile, Listing, Matches, TextQuery } from './file-finder.ts';
import { LIST_SCRIPT, SEARCH_SCRIPT } from './script/scripts.generated.ts';

/** The standard output of a command. If `isCut` is true, a notice replaces the middle. */
export interface CommandOutput {
  readonly text: string;
  readonly isCut: boolean;
}

/** Runs a program to its end. Throws if it does not end by itself. */
export type RunTool = (argv: readonly [string, ...string[]]) => Promise<CommandOutput>;

/** Finds files with the tools of a Linux image: `find`, `grep`, and `stat` if `find` cannot print. */
export class CommandFinder implements FileFinder {
  readonly #run: RunTool;

  constructor(run: RunTool) {
    this.#run = run;
  }

  async list(path: string): Promise<Listing> {
    const { files, isCut } = await this.#find(path, '1');
    return { files: files.filter((file) => file.path !== path || !file.isDirectory), isCut };
  }

  async walk(path: string): Promise<Listing> {
    const { files, isCut } = await this.#find(path, '');
    return { files: files.filter((file) => file.path !== path), isCut };
  }

  async search({ path, pattern, name, isWanted, maxMatches }: TextQuery): Promise<Matches> {
    const output = await this.#run(['sh', '-c', SEARCH_SCRIPT, 'sh', path, name, pattern]);
    const matches = records(output, '\n')
      .flatMap(parseMatch)
      .filter((match) => isWanted(match.path));
    return { matches: matches.slice(0, maxMatches), isCut: output.isCut || matches.length > maxMatches };
  }

  async #find(path: string, levels: string): Promise<Listing> {
    const output = await this.#run(['sh', '-c', LIST_SCRIPT, 'sh', path, levels]);
    return { files: records(output, '\0').flatMap(parseFile), isCut: output.isCut };
  }
}

const NOTICE = /\[\.\.\. \d+ bytes omitted \.\.\.\]/;

/** Splits output into records. Leaves out records that were cut. */
function records({ text, isCut }: CommandOutput, separator: '\0' | '\n'): string[] {
  const all = text.split(separator);
  const notice = isCut ? all.findIndex((record) => NOTICE.test(record)) : -1;
  if (notice < 0) return all;
  // Lines are separate from the notice; a record that ends with NUL contains it.
  const beside = separator === '\n' ? 1 : 0;
  return all.filter((_, index) => Math.abs(index - notice) > beside);
}

const FILE = /^(\d+)\t(-?\d+)(?:\.\d*)?\t(\S+)\t(.+)$/s;

function parseFile(record: string): FoundFile[] {
  const [, size, seconds, type, path] = FILE.exec(record) ?? [];
  if (path === undefined || isTmpCodeFile(posix.basename(path))) return [];
  return [{ path, isDirectory: type === 'd', size: Number(size), modifiedMs: Number(seconds) * 1_000 }];
}

const MATCH = /^([^\0]+)\0(\d+):(.*)$/;

function parseMatch(record: string): GrepMatch[] {
  const [, path, line, text] = MATCH.exec(record) ?? [];
  if (path === undefined || text === undefined || isTmpCodeFile(posix.basename(path))) return [];
  return [{ path, line: Number(line), text }];
}
