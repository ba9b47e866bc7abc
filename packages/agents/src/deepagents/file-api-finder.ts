import { posix } from 'node:path';
import { type DirectoryEntry, type ErrorCode, isTmpCodeFile, type Sandbox, SandpodError, type TreeEntry } from '@sandpod/core';
import { filterInTurns } from '@sandpod/core/backend';
import type { FileFinder, FoundFile, Listing, Matches, TextQuery } from './file-finder.ts';
import { TextSearch } from './text-search.ts';

/** Maximum number of files and directories visited below a directory. */
const MAX_ENTRIES = 10_000;
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

type Signal = () => AbortSignal | undefined;

/** Finds files with the file API. For sandboxes with a virtual kernel, whose `find` and `grep` lack options. */
export class FileApiFinder implements FileFinder {
  readonly #sandbox: Sandbox;
  readonly #signal: Signal;

  constructor(sandbox: Sandbox, signal: Signal) {
    this.#sandbox = sandbox;
    this.#signal = signal;
  }

  async list(path: string): Promise<Listing> {
    const abortSignal = this.#signal();
    const stat = await this.#sandbox.stat({ path, abortSignal });
    if (stat === null) return { files: [], isCut: false };
    if (stat.type !== 'directory') return { files: [{ path, ...stat, isDirectory: false }], isCut: false };
    const entries = shown((await this.#sandbox.listDirectory({ path, abortSignal })) ?? []);
    const files: FoundFile[] = [];
    for (const entry of entries.slice(0, MAX_ENTRIES)) files.push(await this.#describe(posix.join(path, entry.name), entry));
    return { files, isCut: entries.length > MAX_ENTRIES };
  }

  async walk(path: string): Promise<Listing> {
    const files: FoundFile[] = [];
    const directories = (await this.#sandbox.stat({ path, abortSignal: this.#signal() }))?.type === 'directory' ? [path] : [];
    for (let directory = directories.pop(); directory !== undefined; directory = directories.pop()) {
      const entries = shown((await this.#sandbox.listDirectory({ path: directory, abortSignal: this.#signal() })) ?? []);
      for (const entry of entries) {
        if (files.length >= MAX_ENTRIES) return { files, isCut: true };
        const found = await this.#describe(posix.join(directory, entry.name), entry);
        files.push(found);
        if (entry.type === 'directory') directories.push(found.path);
      }
    }
    return { files, isCut: false };
  }

  async search({ path, pattern, isWanted, maxMatches }: TextQuery): Promise<Matches> {
    const abortSignal = this.#signal();
    const { files, isCut } = await this.#filesAt(path);
    const wanted = await filterInTurns(files, { matches: (file: TreeEntry) => isWanted(file.path), abortSignal });
    const search = new TextSearch({ pattern, maxMatches, abortSignal });
    const isWhole = await this.#search(wanted, search);
    return { matches: search.matches, isCut: isCut || search.isCut || !isWhole };
  }

  /** Follows a link, and asks for what the listing does not contain. */
  async #describe(path: string, entry: DirectoryEntry): Promise<FoundFile> {
    if (entry.type === 'directory') return { path, isDirectory: true, size: 0 };
    if (entry.type === 'file' && entry.size !== undefined)
      return { path, isDirectory: false, size: entry.size, modifiedMs: entry.modifiedMs };
    const stat = await this.#sandbox.stat({ path, abortSignal: this.#signal() });
    return { path, isDirectory: stat?.type === 'directory', size: stat?.size ?? 0, modifiedMs: stat?.modifiedMs };
  }

  /** Returns the files below a directory, with absolute paths. If `path` is a file, returns that file. */
  async #filesAt(path: string): Promise<{ readonly files: TreeEntry[]; readonly isCut: boolean }> {
    const abortSignal = this.#signal();
    const stat = await this.#sandbox.stat({ path, abortSignal });
    if (stat?.type === 'file') return { files: [{ path, size: stat.size }], isCut: false };
    let isCut = false;
    const onTruncated = (): void => {
      isCut = true;
    };
    const files = await this.#sandbox.listTree({ path, maxEntries: MAX_ENTRIES, onTruncated, abortSignal });
    const wanted = files.filter((file) => !isTmpCodeFile(posix.basename(file.path)));
    return { files: wanted.map((file) => ({ ...file, path: posix.join(path, file.path) })), isCut };
  }

  /** Searches the files. Returns false if a file was too large or could not be read. */
  async #search(files: readonly TreeEntry[], search: TextSearch): Promise<boolean> {
    let budget = MAX_READ_BYTES;
    let isWhole = true;
    for (const { path, size } of files) {
      if (search.isCut) break;
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
      return (await this.#sandbox.readTextFile({ path, maxBytes, abortSignal: this.#signal() })) ?? '';
    } catch (error) {
      if (SandpodError.isInstance(error) && UNREADABLE.includes(error.code)) return undefined;
      throw error;
    }
  }
}

function shown(entries: readonly DirectoryEntry[]): DirectoryEntry[] {
  return entries.filter(({ name }) => !isTmpCodeFile(name));
}
