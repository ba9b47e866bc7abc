import { randomBytes } from 'node:crypto';
import { addAbortListener } from 'node:events';
import type { DirectoryEntry, FileStat, FindProgramsOptions, PathOptions, ReadFileOptions, WriteFileOptions } from '@sandpod/core';
import { DirectoryListing } from '@sandpod/core/backend';
import type { Exchange, OutputSink } from './exchange.ts';
import type { Launcher } from './launcher.ts';
import { LauncherRefusal } from './launcher-failure.ts';
import type { LauncherHost } from './launcher-host.ts';
import { encodeItem, encodeItems } from './launcher-message.ts';
import { parseEntry, parsePositions, parseStat } from './parse-answer.ts';
import { readStream } from './read-stream.ts';
import { toSandpodError } from './refusal-error.ts';
import { sendFile } from './send-file.ts';

interface ExchangeOptions<Answer> {
  readonly items: Uint8Array;
  readonly sink?: OutputSink | undefined;
  /** Decodes the closing line. If this function throws, the launcher is not used again. */
  readonly parse: (answer: string) => Answer;
  readonly abortSignal?: AbortSignal | undefined;
}

/** File operations in a sandbox, through its launchers. The paths have already been checked. */
export class FileOperations {
  readonly #host: Pick<LauncherHost, 'take' | 'pool'>;

  constructor(host: Pick<LauncherHost, 'take' | 'pool'>) {
    this.#host = host;
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

  stat(options: PathOptions): Promise<FileStat | null> {
    return this.#ask('stat', options, { parse: parseStat });
  }

  async list(options: PathOptions): Promise<DirectoryEntry[] | null> {
    const listing = new DirectoryListing({ path: options.path, parse: parseEntry });
    const sink: OutputSink = ({ stream, bytes }) => {
      if (stream === 'stdout') listing.push(bytes);
    };
    return this.#ask('list', options, { sink, parse: () => listing.end() });
  }

  /** Returns the programs in `names` that can be started. */
  async findPrograms(options: FindProgramsOptions): Promise<ReadonlySet<string>> {
    const names = options.names.filter((name) => name !== '' && !name.includes('\0'));
    const items = encodeItems([names.length, ...names]);
    const found = await this.#exchange('find', { abortSignal: options.abortSignal, items, parse: parsePositions });
    return new Set(names.filter((_, position) => found.has(position)));
  }

  async delete(options: PathOptions): Promise<boolean> {
    return (await this.#ask('delete', options, { parse: () => true })) !== null;
  }

  /** Sends a request with one path. Resolves with null if nothing exists at the path. */
  async #ask<Answer>(verb: string, options: PathOptions, answer: Pick<ExchangeOptions<Answer>, 'sink' | 'parse'>): Promise<Answer | null> {
    const { path, abortSignal } = options;
    return this.#exchange(verb, { ...answer, abortSignal, items: encodeItem(path) }).catch((error: unknown) => {
      abortSignal?.throwIfAborted();
      return orMissing(error, { path, missing: null });
    });
  }

  async #exchange<Answer>(verb: string, options: ExchangeOptions<Answer>): Promise<Answer> {
    const launcher = await this.#take(options);
    const exchange = launcher.request(verb, options);
    const { abortSignal } = options;
    using _ = abortSignal && addAbortListener(abortSignal, () => launcher.destroy(abortSignal.reason));
    try {
      return parseWith(options.parse, { answer: await exchange.ended, launcher });
    } finally {
      this.#release(launcher, exchange);
    }
  }

  #take({ abortSignal }: Pick<PathOptions, 'abortSignal'>): Promise<Launcher> {
    return this.#host.take(abortSignal).catch((error: unknown) => {
      throw toSandpodError(error);
    });
  }

  #release(launcher: Launcher, exchange: Exchange): void {
    void exchange.idle.then(() => this.#host.pool.give(launcher)).catch(() => {});
  }
}

function orMissing<Missing>(error: unknown, options: { readonly path: string; readonly missing: Missing }): Missing {
  if (error instanceof LauncherRefusal && error.problem === 'missing') return options.missing;
  throw toSandpodError(error, { path: options.path });
}

function parseWith<Answer>(
  parse: (answer: string) => Answer,
  { answer, launcher }: { readonly answer: string; readonly launcher: Launcher },
): Answer {
  try {
    return parse(answer);
  } catch (error) {
    launcher.destroy(error);
    throw error;
  }
}
