import {
  type ByteDuplex,
  type ConnectOptions,
  type DirectoryEntry,
  type Environment,
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
import { FileOperations } from './file-operations.ts';
import { LaunchedRun } from './launched-run.ts';
import { LauncherHost } from './launcher-host.ts';
import type { LauncherHostOptions } from './launcher-host-options.ts';
import type { LossExplanation } from './loss-explanation.ts';
import { toSandpodError } from './refusal-error.ts';
import { PortConnector, type PortConnectorOptions } from './relay/connect-port.ts';
import { sandboxEnded } from './sandbox-error.ts';

export interface ExecSandboxOptions
  extends Omit<LauncherHostOptions, 'outputBytes' | 'onLost'>,
    Pick<PortConnectorOptions, 'relays' | 'connectWithoutRelay'> {
  readonly id: string;
  readonly description: string;
  readonly environment?: Environment | undefined;
  readonly limits: Limits;
  readonly capabilities: SandboxCapabilities;
  /** Removes the machine. Called only once. */
  readonly destroy: () => Promise<void>;
}

/** A sandbox on any platform that can execute a program in it. All operations go through launchers, which the platform executes. */
export class ExecSandbox extends BaseSandbox {
  readonly id: string;
  readonly description: string;
  readonly environment?: Environment;
  readonly limits: Limits;
  readonly capabilities: SandboxCapabilities;
  readonly workspace: string;
  readonly graceMs: number;
  readonly #host: LauncherHost;
  readonly #files: FileOperations;
  readonly #ports: PortConnector;
  readonly #destroyMachine: () => Promise<void>;

  constructor(options: ExecSandboxOptions) {
    super();
    const { id, description, environment, limits, capabilities, workspace, destroy, relays, connectWithoutRelay, ...host } = options;
    this.id = id;
    this.description = description;
    if (environment !== undefined) this.environment = environment;
    this.limits = limits;
    this.capabilities = capabilities;
    this.workspace = workspace;
    this.#destroyMachine = destroy;
    this.#host = new LauncherHost({
      ...host,
      workspace,
      outputBytes: limits.outputBytes,
      onLost: (reason) => this.markLost(reason),
    });
    this.graceMs = this.#host.graceMs;
    this.#files = new FileOperations(this.#host);
    this.#ports = new PortConnector({
      transport: options.transport,
      relays,
      connectWithoutRelay,
      kill: (relay) => void this.#host.signal(relay, 'KILL').catch(() => {}),
    });
    void this.lost.then((reason) => this.#end(reason));
  }

  /**
   * Opens the first launcher, so that the first program starts without delay.
   *
   * @throws {SandpodError} `start-failed` if the image lacks a program that a launcher needs, `transport` if the sandbox cannot be reached.
   */
  async warm(abortSignal?: AbortSignal): Promise<void> {
    await this.#host.pool.warm(abortSignal).catch((error: unknown) => {
      throw toSandpodError(error);
    });
  }

  /** Sends the names to a launcher, which searches for the programs without starting them. */
  override async findPrograms(options: FindProgramsOptions): Promise<ReadonlySet<string>> {
    options.abortSignal?.throwIfAborted();
    return this.#files.findPrograms(options);
  }

  protected override _spawn(options: SpawnOptions): Promise<SandboxProcess> {
    return LaunchedRun.start(this.#host, options);
  }

  protected override _readFile(options: ReadFileOptions): Promise<ReadableStream<Uint8Array> | null> {
    return this.#files.read(options);
  }

  protected override _writeFile(options: WriteFileOptions<ReadableStream<Uint8Array>>): Promise<void> {
    return this.#files.write(options);
  }

  protected override _stat(options: PathOptions): Promise<FileStat | null> {
    return this.#files.stat(options);
  }

  protected override _listDirectory(options: PathOptions): Promise<DirectoryEntry[] | null> {
    return this.#files.list(options);
  }

  protected override _deleteFile(options: PathOptions): Promise<boolean> {
    return this.#files.delete(options);
  }

  protected override _connect(options: ConnectOptions): Promise<ByteDuplex> {
    return this.#ports.connect(options);
  }

  protected override _endProcesses(options: { readonly abortSignal?: AbortSignal | undefined }): Promise<void> {
    const message = 'All processes in the sandbox were ended.';
    return this.#host.endProcesses(options.abortSignal).finally(() => this.#ports.end(new SandpodError({ code: 'transport', message })));
  }

  protected override _detach(): Promise<void> {
    return this.#host.detach();
  }

  protected override async _destroy(): Promise<void> {
    this.#end('The sandbox was disposed of.');
    await this.#destroyMachine();
  }

  /** Like {@link markLost}, but runs end with the given outcome. */
  protected endAs({ outcome, reason }: Pick<LossExplanation, 'outcome' | 'reason'>): void {
    this.#host.end(reason, outcome);
    this.markLost(reason);
  }

  #end(reason: string): void {
    this.#host.end(reason);
    this.#ports.end(sandboxEnded(reason));
  }
}
