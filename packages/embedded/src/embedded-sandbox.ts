import {
  type DirectoryEntry,
  type Environment,
  type ExtendOptions,
  type FileStat,
  type FindProgramsOptions,
  type Limits,
  type PathOptions,
  type ReadFileOptions,
  type SandboxCapabilities,
  type SandboxProcess,
  SandpodError,
  type SpawnOptions,
  type WriteFileOptions,
} from '@sandpod/core';
import { BaseSandbox } from '@sandpod/core/backend';
import { EMBEDDED_CAPABILITIES } from './embedded-capabilities.ts';
import { embeddedEnvironment } from './environment/embedded-environment.ts';
import { WORKSPACE } from './files/initial-tree.ts';
import { fileStream } from './host/parent/call-streams.ts';
import type { ChildConnection } from './host/parent/child-connection.ts';
import { ConnectionEnded } from './host/parent/connection-ended.ts';
import { describeMachine } from './host/parent/describe-machine.ts';
import { deleteResultSchema, namesResultSchema, parseResult, statResultSchema } from './host/parent/incoming-messages.ts';
import { readEntries } from './host/parent/read-entries.ts';
import type { RemoteCall } from './host/parent/remote-call.ts';
import { createRunHandle } from './host/parent/run-handle.ts';
import { uploadFile } from './host/parent/upload-file.ts';
import type { PathRequest } from './host/protocol/messages.ts';

export interface EmbeddedSandboxOptions {
  readonly id: string;
  readonly name: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  /** Time of the expiry, in milliseconds since the epoch. Undefined if the sandbox never expires. */
  readonly expiresMs: number | undefined;
  readonly limits: Limits;
  readonly connection: ChildConnection;
}

/** A sandbox that runs WebAssembly interpreters in a child process. Its files are in the memory of that process. */
export class EmbeddedSandbox extends BaseSandbox {
  readonly id: string;
  override readonly name: string | undefined;
  override readonly labels: Readonly<Record<string, string>>;
  readonly description: string;
  readonly limits: Limits;
  readonly capabilities: SandboxCapabilities = EMBEDDED_CAPABILITIES;
  readonly workspace: string = WORKSPACE;
  readonly #connection: ChildConnection;
  #expiresMs: number | undefined;

  constructor(options: EmbeddedSandboxOptions) {
    super();
    this.id = options.id;
    this.name = options.name;
    this.labels = options.labels;
    this.#expiresMs = options.expiresMs;
    this.limits = options.limits;
    this.description = describeMachine(options.limits);
    this.#connection = options.connection;
    void options.connection.ended.then((reason) => this.markLost(reason));
  }

  get environment(): Environment {
    return embeddedEnvironment(this.limits);
  }

  /** Returns the id of the child process, for diagnostics. */
  get processId(): number | undefined {
    return this.#connection.pid;
  }

  /**
   * Returns the time at which the sandbox expires, in milliseconds since the epoch. Returns undefined if the sandbox ends only
   * when this process ends.
   */
  get expiresMs(): number | undefined {
    return this.#expiresMs;
  }

  /** Compares the names with a fixed list of programs, without running a program. */
  override async findPrograms(options: FindProgramsOptions): Promise<ReadonlySet<string>> {
    options.abortSignal?.throwIfAborted();
    const call = this.#connection.call({ operation: 'programs', names: options.names });
    return new Set(parseResult(namesResultSchema, await this.#settled(call.result)));
  }

  protected override async _spawn(options: SpawnOptions): Promise<SandboxProcess> {
    const { abortSignal, timeoutMs, outputBytes, env = {}, cwd = '.', stdin = false } = options;
    for (const { path, content } of options.files ?? []) await this.writeBinaryFile({ path, content: toBytes(content), abortSignal });
    const argv = options.argv ?? (['sh', '-c', options.command] as const);
    abortSignal?.throwIfAborted();
    const call = this.#connection.call({ operation: 'spawn', argv, env, cwd, stdin, timeoutMs, outputBytes });
    const handle = createRunHandle(call, { connection: this.#connection, stdin, timeoutMs, abortSignal });
    await this.#settled(call.started);
    if (abortSignal?.aborted) {
      await handle.kill();
      abortSignal.throwIfAborted();
    }
    return handle;
  }

  protected override async _readFile(options: ReadFileOptions): Promise<ReadableStream<Uint8Array> | null> {
    const { path, maxBytes, abortSignal } = options;
    const call = this.#fileCall('read', path);
    if (!(await this.#settled(call.started))) return null;
    return fileStream(call, { path, maxBytes, abortSignal, toError: (error) => this.#toError(error) });
  }

  protected override async _writeFile(options: WriteFileOptions<ReadableStream<Uint8Array>>): Promise<void> {
    const { path, content, abortSignal } = options;
    await this.#settled(uploadFile(this.#fileCall('write', path), { content, abortSignal }));
  }

  protected override async _stat({ path }: PathOptions): Promise<FileStat | null> {
    const found = parseResult(statResultSchema, await this.#settled(this.#fileCall('stat', path).result));
    if (found === null) return null;
    const type = found.type === 'file' || found.type === 'directory' ? found.type : 'other';
    return { type, size: found.size, modifiedMs: found.modifiedMs };
  }

  protected override async _listDirectory({ path }: PathOptions): Promise<DirectoryEntry[] | null> {
    const call = this.#fileCall('list', path);
    if (!(await this.#settled(call.started))) return null;
    return this.#settled(readEntries(call, path));
  }

  protected override async _deleteFile({ path }: PathOptions): Promise<boolean> {
    return parseResult(deleteResultSchema, await this.#settled(this.#fileCall('delete', path).result));
  }

  protected override async _extend({ expiresInMs }: ExtendOptions): Promise<void> {
    const expiresMs = expiresInMs === null ? undefined : Date.now() + expiresInMs;
    await this.#settled(this.#connection.call({ operation: 'extend', expiresInMs }).result);
    this.#expiresMs = expiresMs;
  }

  protected override async _endProcesses(): Promise<void> {
    await this.#settled(this.#connection.call({ operation: 'end-processes' }).result);
  }

  protected override async _destroy(): Promise<void> {
    await this.#connection.kill('The sandbox was disposed of.');
  }

  #fileCall(operation: PathRequest['operation'], path: string): RemoteCall {
    return this.#connection.call({ operation, path });
  }

  async #settled<Value>(outcome: Promise<Value>): Promise<Value> {
    return outcome.catch((error: unknown) => Promise.reject(this.#toError(error)));
  }

  #toError(error: unknown): unknown {
    if (!(error instanceof ConnectionEnded)) return error;
    return new SandpodError({
      code: 'sandbox-ended',
      message: `The sandbox ${this.id} has ended: ${error.message}`,
      details: { id: this.id },
    });
  }
}

function toBytes(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : content;
}
