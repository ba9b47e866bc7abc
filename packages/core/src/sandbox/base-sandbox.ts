import type { SandboxCapabilities } from '../contract/capabilities.ts';
import type {
  DirectoryEntry,
  FileStat,
  PathOptions,
  ReadFileOptions,
  ReadTextFileOptions,
  WriteFileOptions,
  WriteTextFileOptions,
} from '../contract/files.ts';
import type { Limits } from '../contract/limits.ts';
import type { RunOptions, RunResult, SandboxProcess, SpawnOptions } from '../contract/process.ts';
import type {
  ByteDuplex,
  ConnectOptions,
  DetachOptions,
  ExtendOptions,
  FindProgramsOptions,
  Leftovers,
  ListTreeOptions,
  Sandbox,
  TreeEntry,
} from '../contract/sandbox.ts';
import type { SandboxSession } from '../contract/sandbox-session.ts';
import { SandpodError } from '../errors/sandpod-error.ts';
import { connectOptionsSchema, detachOptionsSchema, extendOptionsSchema } from '../options/sandbox-options.ts';
import { runOptionsSchema, spawnOptionsSchema } from '../options/schemas.ts';
import { validateOptions } from '../options/validate-options.ts';
import { admitPath } from './admit-path.ts';
import { findPrograms } from './find-programs.ts';
import { listTree } from './list-tree.ts';
import { readBinaryFile, readTextFile } from './read-whole.ts';
import { restrict } from './restrict.ts';
import { runProcess } from './run-process.ts';
import { encodeText, streamOf } from './text-content.ts';
import { withinTime, withProgress } from './within-time.ts';

/**
 * Base class for the sandboxes of all back ends. A back end implements the methods that start with an underscore.
 *
 * This class validates the options, throws `sandbox-ended` after the sandbox has ended, and derives the other methods
 * from the implemented ones. The underscore methods receive valid options.
 */
export abstract class BaseSandbox implements Sandbox {
  abstract readonly id: string;
  abstract readonly description: string;
  abstract readonly limits: Limits;
  abstract readonly capabilities: SandboxCapabilities;
  abstract readonly workspace: string;
  readonly name: string | undefined = undefined;
  readonly labels: Readonly<Record<string, string>> = {};
  /** The default for the option `leftovers` of `detach()`. */
  protected readonly leftovers: Leftovers = 'end';
  readonly lost: Promise<string>;
  readonly #lost = Promise.withResolvers<string>();
  #lostReason: string | undefined;
  #destroying: Promise<void> | undefined;
  #detaching: Promise<void> | undefined;

  constructor() {
    this.lost = this.#lost.promise;
  }

  async spawn(options: SpawnOptions): Promise<SandboxProcess> {
    const valid = validateOptions(spawnOptionsSchema, options, 'spawn');
    this.#admit(valid.abortSignal);
    return this._spawn(valid);
  }

  async run(options: RunOptions): Promise<RunResult> {
    const valid = validateOptions(runOptionsSchema, options, 'run');
    this.#admit(valid.abortSignal);
    return runProcess((spawnOptions) => this._spawn(spawnOptions), valid);
  }

  async findPrograms(options: FindProgramsOptions): Promise<ReadonlySet<string>> {
    this.#admit(options.abortSignal);
    return findPrograms(this, options);
  }

  async readFile(options: ReadFileOptions): Promise<ReadableStream<Uint8Array> | null> {
    return withinTime(this.#admitPath(options), (timed) => this._readFile(timed));
  }

  async readBinaryFile(options: ReadFileOptions): Promise<Uint8Array | null> {
    return readBinaryFile(this, options);
  }

  async readTextFile(options: ReadTextFileOptions): Promise<string | null> {
    return readTextFile(this, options);
  }

  async writeFile(options: WriteFileOptions<ReadableStream<Uint8Array>>): Promise<void> {
    await withinTime(this.#admitPath(options), ({ content, ...timed }, progress) =>
      this._writeFile({ ...timed, content: withProgress(content, progress) }),
    );
  }

  async writeBinaryFile(options: WriteFileOptions<Uint8Array>): Promise<void> {
    await this.writeFile({ ...options, content: streamOf(options.content) });
  }

  async writeTextFile(options: WriteTextFileOptions): Promise<void> {
    const { encoding, content, ...rest } = options;
    await this.writeBinaryFile({ ...rest, content: encodeText(content, encoding) });
  }

  async stat(options: PathOptions): Promise<FileStat | null> {
    return withinTime(this.#admitPath(options), (timed) => this._stat(timed));
  }

  async listDirectory(options: PathOptions): Promise<DirectoryEntry[] | null> {
    return withinTime(this.#admitPath(options), (timed) => this._listDirectory(timed));
  }

  async listTree(options: ListTreeOptions = {}): Promise<TreeEntry[]> {
    this.#admit(options.abortSignal);
    return withinTime({ abortSignal: options.abortSignal, path: options.path ?? '.' }, ({ abortSignal }) =>
      this._listTree({ ...options, abortSignal }),
    );
  }

  async deleteFile(options: PathOptions): Promise<boolean> {
    return withinTime(this.#admitPath(options), (timed) => this._deleteFile(timed));
  }

  async connect(options: ConnectOptions): Promise<ByteDuplex> {
    const valid = validateOptions(connectOptionsSchema, options, 'connect');
    this.#admit(valid.abortSignal);
    return this._connect(valid);
  }

  async extend(options: ExtendOptions): Promise<void> {
    const valid = validateOptions(extendOptionsSchema, options, 'extend');
    this.#admit(valid.abortSignal);
    await this._extend(valid);
  }

  async endProcesses(options: { readonly abortSignal?: AbortSignal | undefined } = {}): Promise<void> {
    this.#admit(options.abortSignal);
    await this._endProcesses(options);
  }

  async detach(options: DetachOptions = {}): Promise<void> {
    const { leftovers = this.leftovers } = validateOptions(detachOptionsSchema, options, 'detach');
    this.#detaching ??= this.#detach(leftovers);
    await this.#detaching;
  }

  async #detach(leftovers: Leftovers): Promise<void> {
    try {
      this.#admit(undefined);
      // Checked first, so that a refused detach() ends no process.
      if (!this.capabilities.attach)
        throw unsupported('detach from a sandbox, because its sandboxes end when this process ends; dispose of the sandbox instead');
      if (leftovers === 'end') await this._endProcesses({});
      await this._detach();
      this.markLost('The sandbox was detached.');
    } catch (error) {
      this.#detaching = undefined;
      throw error;
    }
  }

  restricted(): SandboxSession {
    return restrict(this);
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#destroying ??= this.#destroy();
    return this.#destroying;
  }

  /** If a removal fails, for example because the platform is unreachable, the next call retries it. */
  async #destroy(): Promise<void> {
    try {
      const isDetached = await this.#detaching?.then(
        () => true,
        () => false,
      );
      if (isDetached) return;
      await this._destroy();
    } catch (error) {
      this.#destroying = undefined;
      throw error;
    } finally {
      this.markLost('The sandbox was disposed of.');
    }
  }

  /** The back end must call this when the machine is gone. If it is called again, the first reason is kept. */
  protected markLost(reason: string): void {
    this.#lostReason ??= reason;
    this.#lost.resolve(this.#lostReason);
  }

  protected abstract _spawn(options: SpawnOptions): Promise<SandboxProcess>;
  protected abstract _readFile(options: ReadFileOptions): Promise<ReadableStream<Uint8Array> | null>;
  protected abstract _writeFile(options: WriteFileOptions<ReadableStream<Uint8Array>>): Promise<void>;
  protected abstract _stat(options: PathOptions): Promise<FileStat | null>;
  protected abstract _listDirectory(options: PathOptions): Promise<DirectoryEntry[] | null>;
  protected abstract _deleteFile(options: PathOptions): Promise<boolean>;
  /** Ends all processes and removes the machine. It is called again only if it failed. */
  protected abstract _destroy(): Promise<void>;

  protected _connect(_options: ConnectOptions): Promise<ByteDuplex> {
    return Promise.reject(unsupported('connect to a port in a sandbox'));
  }

  protected _extend(_options: ExtendOptions): Promise<void> {
    return Promise.reject(unsupported('change when a sandbox expires'));
  }

  /** Ends every process of the sandbox's user, except processes that keep the machine alive. Rejects if a process may still be running. */
  protected _endProcesses(_options: { readonly abortSignal?: AbortSignal | undefined }): Promise<void> {
    return Promise.reject(unsupported('end all processes in a sandbox'));
  }

  /** Closes this object's connections and ends its foreground processes. The machine keeps running. */
  protected _detach(): Promise<void> {
    return Promise.reject(unsupported('keep a sandbox running after detach()'));
  }

  protected _listTree(options: ListTreeOptions): Promise<TreeEntry[]> {
    return listTree(this, options);
  }

  #admit(abortSignal: AbortSignal | undefined): void {
    abortSignal?.throwIfAborted();
    const reason = this.#lostReason ?? (this.#destroying === undefined ? undefined : 'The sandbox was disposed of.');
    if (reason === undefined) return;
    throw new SandpodError({ code: 'sandbox-ended', message: `The sandbox ${this.id} has ended: ${reason}`, details: { id: this.id } });
  }

  #admitPath<Options extends PathOptions>(options: Options): Options {
    this.#admit(options.abortSignal);
    return admitPath(options);
  }
}

function unsupported(what: string): SandpodError {
  return new SandpodError({ code: 'unsupported', message: `This back end cannot ${what}.` });
}
