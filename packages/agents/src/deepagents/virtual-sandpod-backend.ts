import { posix } from 'node:path';
import { compileGlobs, isTmpCodeFile, type Sandbox, SandpodError, type TreeEntry } from '@sandpod/core';
import type { FileInfo, GlobResult, GrepMatch, GrepResult, LsResult } from 'deepagents';
import type { ValidBackendOptions } from './deep-agents-backend-options.ts';
import { SandpodBackend } from './sandpod-backend.ts';

/** Maximum number of files and directories visited below a directory. */
const MAX_ENTRIES = 10_000;
/** Larger files are not searched for text. */
const MAX_SEARCHED_BYTES = 8 * 1024 * 1024;

/** Uses the file API for sandboxes with a virtual kernel, whose `find` and `grep` lack the options that deepagents uses. */
export class VirtualSandpodBackend extends SandpodBackend {
  readonly #sandbox: Sandbox;
  readonly #abortSignal: AbortSignal | undefined;

  constructor(sandbox: Sandbox, options: ValidBackendOptions) {
    super(sandbox, options);
    this.#sandbox = sandbox;
    this.#abortSignal = options.abortSignal;
  }

  override async ls(path: string): Promise<LsResult> {
    const entries = await this.#list(path);
    const files: FileInfo[] = [];
    for (const name of entries) files.push(await this.#infoOf(posix.join(path, name)));
    return { files };
  }

  override async glob(pattern: string, path = '/'): Promise<GlobResult> {
    const matches = this.#compile(pattern);
    if (typeof matches === 'string') return { error: matches };
    const { files, truncated } = await this.#filesBelow(path);
    return { files: files.filter((entry) => matches(entry.path)).map(toFileInfo), truncated };
  }

  override async grep(...[pattern, path = '/', glob = null, maxCount = null]: Parameters<SandpodBackend['grep']>): Promise<GrepResult> {
    const matches: GrepMatch[] = [];
    const limit = maxCount ?? Number.POSITIVE_INFINITY;
    const isWanted = glob === null ? () => true : this.#compile(glob);
    if (typeof isWanted === 'string') return { error: isWanted };
    const { files, truncated } = await this.#filesAt(path);
    for (const file of files) {
      if (!isWanted(posix.basename(file))) continue;
      for (const match of await this.#grepFile(file, pattern)) matches.push(match);
      if (matches.length >= limit) return { matches: matches.slice(0, limit), truncated: true };
    }
    return { matches, truncated };
  }

  async #list(path: string): Promise<string[]> {
    const entries = await this.#sandbox.listDirectory({ path, abortSignal: this.#abortSignal });
    return (entries ?? []).map(({ name }) => name).filter((name) => !isTmpCodeFile(name));
  }

  async #infoOf(path: string): Promise<FileInfo> {
    const stat = await this.#sandbox.stat({ path, abortSignal: this.#abortSignal });
    const isDirectory = stat?.type === 'directory';
    const info = toFileInfo({ path: isDirectory ? `${path}/` : path, size: stat?.size ?? 0, ...stat });
    return { ...info, is_dir: isDirectory };
  }

  /** Returns a predicate, or a message if the pattern is invalid. */
  #compile(pattern: string): ((path: string) => boolean) | string {
    try {
      return compileGlobs([pattern.replace(/^\/+/, '')]);
    } catch (error) {
      if (SandpodError.isInstance(error)) return error.message;
      throw error;
    }
  }

  async #filesAt(path: string): Promise<{ readonly files: string[]; readonly truncated: boolean }> {
    const stat = await this.#sandbox.stat({ path, abortSignal: this.#abortSignal });
    if (stat?.type === 'file') return { files: [path], truncated: false };
    const { files, truncated } = await this.#filesBelow(path);
    const small = files.filter(({ size }) => size <= MAX_SEARCHED_BYTES);
    return { files: small.map((entry) => posix.join(path, entry.path)), truncated };
  }

  async #filesBelow(path: string): Promise<{ readonly files: TreeEntry[]; readonly truncated: boolean }> {
    let truncated = false;
    const onTruncated = (): void => {
      truncated = true;
    };
    const files = await this.#sandbox.listTree({ path, maxEntries: MAX_ENTRIES, onTruncated, abortSignal: this.#abortSignal });
    return { files: files.filter((entry) => !isTmpCodeFile(posix.basename(entry.path))), truncated };
  }

  async #grepFile(path: string, pattern: string): Promise<GrepMatch[]> {
    const text = await this.#sandbox.readTextFile({ path, abortSignal: this.#abortSignal });
    if (text === null || text.includes('\0')) return [];
    const lines = text.split('\n');
    return lines.flatMap((line, index) => (line.includes(pattern) ? [{ path, line: index + 1, text: line }] : []));
  }
}

function toFileInfo(file: { readonly path: string; readonly size: number; readonly modifiedMs?: number }): FileInfo {
  const { path, size, modifiedMs } = file;
  return { path, is_dir: false, size, ...(modifiedMs !== undefined && { modified_at: new Date(modifiedMs).toISOString() }) };
}
