import { randomBytes } from 'node:crypto';
import { addAbortListener } from 'node:events';
import {
  type DirectoryEntry,
  type FileStat,
  type FindProgramsOptions,
  type PathOptions,
  type ReadFileOptions,
  SandpodError,
  type WriteFileOptions,
} from '@sandpod/core';
import { fileTooLarge } from '@sandpod/core/backend';
import type { Exchange, OutputSink } from './exchange.ts';
import type { Launcher } from './launcher.ts';
import { LauncherRefusal } from './launcher-failure.ts';
import { encodeItem, encodeItems } from './launcher-message.ts';
import type { LauncherPool } from './launcher-pool.ts';
import { readStream } from './read-stream.ts';
import { toSandpodError } from './refusal-error.ts';
import { sendFile } from './send-file.ts';

/** Bytes of names that one directory may answer with. */
const MAX_LISTING_BYTES = 64 * 1024 * 1024;

const ENTRY_TYPES: Readonly<Record<string, DirectoryEntry['type']>> = { f: 'file', d: 'directory', l: 'symlink' };

interface ExchangeOptions {
  readonly items: Uint8Array;
  readonly sink?: OutputSink | undefined;
  readonly abortSignal?: AbortSignal | undefined;
}

/** The files of a sandbox, through its launchers. Paths have been checked. */
export class FileOperations {
  readonly #pool: LauncherPool;

  constructor(pool: LauncherPool) {
    this.#pool = pool;
  }

  async read(options: ReadFileOptions): Promise<ReadableStream<Uint8Array> | null> {
    const launcher = await this.#take(options);
    return readStream(launcher, { ...options, release: (exchange) => this.#release(launcher, exchange) }).catch((error: unknown) =>
      orMissing(error, { path: options.path, missing: null }),
    );
  }

  async write(options: WriteFileOptions<ReadableStream<Uint8Array>>): Promise<void> {
    const { path, abortSignal } = options;
    const launcher = await this.#take(options);
    const exchange = launcher.request('write', { items: encodeItems([randomBytes(8).toString('hex'), path]) });
    try {
      await sendFile(launcher, { ...options, exchange });
    } catch (error) {
      abortSignal?.throwIfAborted();
      throw toSandpodError(error, { path });
    } finally {
      this.#release(launcher, exchange);
    }
  }

  async stat(options: PathOptions): Promise<FileStat | null> {
    const answer = await this.#ask('stat', options);
    if (answer === null) return null;
    const type = answer.slice(0, answer.indexOf(' '));
    return { type: type === 'file' || type === 'directory' ? type : 'other', ...parseFacts(answer.slice(type.length + 1)) };
  }

  async list(options: PathOptions): Promise<DirectoryEntry[] | null> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    const answer = await this.#ask('list', options, ({ stream, bytes }) => {
      if (stream !== 'stdout') return;
      size += bytes.byteLength;
      if (size > MAX_LISTING_BYTES) throw fileTooLarge(options.path, MAX_LISTING_BYTES);
      chunks.push(bytes);
    });
    return answer === null ? null : parseEntries(Buffer.concat(chunks));
  }

  /** The programs among `names` that can be started. */
  async findPrograms(options: FindProgramsOptions): Promise<ReadonlySet<string>> {
    const names = options.names.filter((name) => name !== '' && !name.includes('\0'));
    const answer = await this.#exchange('find', { ...options, items: encodeItems([names.length, ...names]) });
    const found = new Set(answer.split(' '));
    return new Set(names.filter((_, position) => found.has(String(position))));
  }

  async delete(options: PathOptions): Promise<boolean> {
    return (await this.#ask('delete', options)) !== null;
  }

  /** A request with one path; null when nothing is there. */
  async #ask(verb: string, options: PathOptions, sink?: OutputSink): Promise<string | null> {
    const { path, abortSignal } = options;
    return this.#exchange(verb, { abortSignal, items: encodeItem(path), sink }).catch((error: unknown) => {
      abortSignal?.throwIfAborted();
      return orMissing(error, { path, missing: null });
    });
  }

  async #exchange(verb: string, options: ExchangeOptions): Promise<string> {
    const launcher = await this.#take(options);
    const exchange = launcher.request(verb, options);
    const { abortSignal } = options;
    using _ = abortSignal && addAbortListener(abortSignal, () => launcher.destroy(abortSignal.reason));
    try {
      return await exchange.ended;
    } finally {
      this.#release(launcher, exchange);
    }
  }

  #take({ abortSignal }: Pick<PathOptions, 'abortSignal'>): Promise<Launcher> {
    return this.#pool.take(abortSignal).catch((error: unknown) => {
      throw toSandpodError(error);
    });
  }

  #release(launcher: Launcher, exchange: Exchange): void {
    void exchange.idle.then(() => this.#pool.give(launcher)).catch(() => {});
  }
}

function orMissing<Missing>(error: unknown, options: { readonly path: string; readonly missing: Missing }): Missing {
  if (error instanceof LauncherRefusal && error.problem === 'missing') return options.missing;
  throw toSandpodError(error, { path: options.path });
}

function parseEntries(answer: Buffer): DirectoryEntry[] {
  const entries = answer.toString('utf8').split('\0');
  if (entries.pop() !== '') throw new SandpodError({ code: 'transport', message: 'The answer of a directory listing was cut.' });
  return entries.map((entry) => {
    const slash = entry.indexOf('/');
    const facts = entry.slice(1, slash);
    const type = ENTRY_TYPES[entry[0] ?? ''] ?? 'other';
    return { name: entry.slice(slash + 1), type, ...(facts === '' ? {} : parseFacts(facts)) };
  });
}

/** Reads size, time in seconds, and the same time with its fractions; an image without `stat` says the size alone. */
function parseFacts(facts: string): { readonly size: number; readonly modifiedMs?: number } {
  const [size = '', seconds = '', , clock = ''] = facts.split(' ');
  const fraction = /\.(\d+)$/.exec(clock)?.[0] ?? '';
  return { size: Number(size), ...(/^\d+$/.test(seconds) ? { modifiedMs: Number(seconds + fraction) * 1000 } : {}) };
}
