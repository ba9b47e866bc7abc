import { posix } from 'node:path';
import { compileGlobs, type ErrorCode, isTmpCodeFile, type Sandbox, SandpodError, type TreeEntry } from '@sandpod/core';
import { filterInTurns } from '@sandpod/core/backend';
import type { FileInfo, GlobResult, GrepResult, LsResult } from 'deepagents';
import type { ValidBackendOptions } from './deep-agents-backend-options.ts';
import { SandpodBackend, TOO_MANY_ENTRIES } from './sandpod-backend.ts';
import { TextSearch } from './text-search.ts';

/** Maximum number of files and directories visited below a directory. */
const MAX_ENTRIES = 10_000;
/** Maximum number of entries that are listed for one directory. */
const MAX_LISTED = 2_000;
/** Maximum size in bytes of a file that is searched for text. */
const MAX_SEARCHED_BYTES = 8 * 1024 * 1024;
/** Maximum number of bytes that one search reads. */
const MAX_READ_BYTES = 128 * 1024 * 1024;

const UNREADABLE: readonly ErrorCode[] = [
  'file-too-large',
  'is-directory',
  'not-directory',
  'invalid-path',
  'path-outside-workspace',
  'permission-denied',
];
/** The latest time that a date can represent. A guest can set any modification time. */
const MAX_TIME_MS = 8.64e15;

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
    const entries = (await this.#sandbox.listDirectory({ path, abortSignal: this.#abortSignal })) ?? [];
    const files: FileInfo[] = [];
    const shown = entries.filter(({ name }) => !isTmpCodeFile(name));
    if (shown.length > MAX_LISTED) return { error: TOO_MANY_ENTRIES };
    for (const { name } of shown) files.push(await this.#infoOf(posix.join(path, name)));
    return { files };
  }

  override async glob(pattern: string, path = '/'): Promise<GlobResult> {
    const matches = this.#compile(pattern);
    if (typeof matches === 'string') return { error: matches };
    const { files, truncated } = await this.#filesBelow(path);
    const found = await filterInTurns(files, { matches: (entry) => matches(entry.path), abortSignal: this.#abortSignal });
    return { files: found.map(toFileInfo), truncated };
  }

  override async grep(...[pattern, path = '/', glob = null, maxCount = null]: Parameters<SandpodBackend['grep']>): Promise<GrepResult> {
    const isWanted = glob === null ? () => true : this.#compile(glob);
    if (typeof isWanted === 'string') return { error: isWanted };
    const { files, truncated } = await this.#filesAt(path);
    const matches = (file: TreeEntry): boolean => isWanted(posix.basename(file.path));
    const wanted = await filterInTurns(files, { matches, abortSignal: this.#abortSignal });
    const search = new TextSearch({ pattern, maxMatches: maxCount ?? undefined, abortSignal: this.#abortSignal });
    const isWhole = await this.#search(wanted, search);
    return { matches: search.matches, truncated: truncated || search.isFull || !isWhole };
  }

  /** Searches the files. Returns false if a file was too large or could not be read. */
  async #search(files: readonly TreeEntry[], search: TextSearch): Promise<boolean> {
    let budget = MAX_READ_BYTES;
    let isWhole = true;
    for (const { path, size } of files) {
      if (search.isFull) break;
      const maxBytes = Math.min(budget, MAX_SEARCHED_BYTES);
      const text = size <= maxBytes ? await this.#readText(path, maxBytes) : undefined;
      if (text === undefined) isWhole = false;
      else {
        budget -= size;
        if (!text.includes('\0')) await search.search(path, text);
      }
    }
    return isWhole;
  }

  /**
   * Reads a file. Returns an empty text if the file is gone. Returns undefined if, since the listing, the guest has replaced the file with
   * something that cannot be read.
   */
  async #readText(path: string, maxBytes: number): Promise<string | undefined> {
    try {
      return (await this.#sandbox.readTextFile({ path, maxBytes, abortSignal: this.#abortSignal })) ?? '';
    } catch (error) {
      if (SandpodError.isInstance(error) && UNREADABLE.includes(error.code)) return undefined;
      throw error;
    }
  }

  async #infoOf(path: string): Promise<FileInfo> {
    const stat = await this.#sandbox.stat({ path, abortSignal: this.#abortSignal });
    const isDirectory = stat?.type === 'directory';
    const info = toFileInfo({ path: isDirectory ? `${path}/` : path, size: stat?.size ?? 0, ...stat });
    return { ...info, is_dir: isDirectory };
  }

  /** Converts a glob to a predicate. Returns a message if the pattern is invalid. */
  #compile(pattern: string): ((path: string) => boolean) | string {
    try {
      return compileGlobs([pattern.replace(/^\/+/, '')]);
    } catch (error) {
      if (SandpodError.isInstance(error)) return error.message;
      throw error;
    }
  }

  /** Returns the files below a directory, with absolute paths. If `path` is a file, returns that file. */
  async #filesAt(path: string): Promise<{ readonly files: TreeEntry[]; readonly truncated: boolean }> {
    const stat = await this.#sandbox.stat({ path, abortSignal: this.#abortSignal });
    if (stat?.type === 'file') return { files: [{ path, size: stat.size }], truncated: false };
    const { files, truncated } = await this.#filesBelow(path);
    return { files: files.map((file) => ({ ...file, path: posix.join(path, file.path) })), truncated };
  }

  async #filesBelow(path: string): Promise<{ readonly files: TreeEntry[]; readonly truncated: boolean }> {
    let truncated = false;
    const onTruncated = (): void => {
      truncated = true;
    };
    const files = await this.#sandbox.listTree({ path, maxEntries: MAX_ENTRIES, onTruncated, abortSignal: this.#abortSignal });
    return { files: files.filter((entry) => !isTmpCodeFile(posix.basename(entry.path))), truncated };
  }
}

function toFileInfo(file: { readonly path: string; readonly size: number; readonly modifiedMs?: number }): FileInfo {
  const { path, size, modifiedMs } = file;
  const hasTime = modifiedMs !== undefined && Math.abs(modifiedMs) <= MAX_TIME_MS;
  return { path, is_dir: false, size, ...(hasTime && { modified_at: new Date(modifiedMs).toISOString() }) };
}
