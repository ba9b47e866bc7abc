import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecChannel, ExecTransport } from '@sandpod/launcher';
import { openHostChannel } from './host-channel.ts';
import { endAll, processesWith } from './host-processes.ts';
import { ProcessNamespace } from './process-namespace.ts';

/** The system's own programs first, as in an image: the shims of a version manager take longer than many programs run. */
const PATH = ['/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', process.env['PATH']].filter(Boolean).join(':');

export interface HostMachineOptions {
  /** The shell to run instead of `sh`. */
  readonly shell: readonly string[];
  readonly halfClose: boolean;
  /** True: the programs have a process namespace of their own, as in a container. False: all machines of this process share one. */
  readonly hasOwnProcesses: boolean;
  readonly env?: Readonly<Record<string, string>> | undefined;
}

/** A directory on this machine, and the programs that run in it. */
export class HostMachine implements ExecTransport {
  readonly workspace: string = mkdtempSync(join(tmpdir(), 'sandpod-host-'));
  readonly halfClose: boolean;
  /** Why the machine is gone. */
  endReason: string | undefined;
  readonly channels: ExecChannel[] = [];
  readonly #options: HostMachineOptions;
  readonly #mark: string = `SANDPOD_HOST=${randomBytes(8).toString('hex')}`;
  #namespace: ProcessNamespace | undefined;

  constructor(options: HostMachineOptions) {
    this.#options = options;
    this.halfClose = options.halfClose;
  }

  async start(): Promise<void> {
    this.#namespace = await (this.#options.hasOwnProcesses ? ProcessNamespace.create(this.#env()) : sharedNamespace());
  }

  async open(argv: readonly string[]): Promise<ExecChannel> {
    const program = [...this.#options.shell, ...argv.slice(1)];
    const prefix = this.#namespace?.prefix(this.workspace) ?? [];
    const channel = await openHostChannel({ argv: [...prefix, ...program], env: this.#env(), cwd: this.workspace });
    this.channels.push(channel);
    return channel;
  }

  /** The processes of this machine. */
  processes(): number[] {
    return processesWith(this.#mark);
  }

  async destroy(reason = 'The machine was destroyed.'): Promise<void> {
    this.endReason ??= reason;
    await endAll(() => this.processes());
    if (this.#options.hasOwnProcesses) this.#namespace?.end();
    rmSync(this.workspace, { recursive: true, force: true });
  }

  #env(): Record<string, string> {
    const [name = '', value = ''] = this.#mark.split('=');
    return { PATH, HOME: this.workspace, LANG: 'C.UTF-8', [name]: value, ...this.#options.env };
  }
}

let shared: Promise<ProcessNamespace> | undefined;

/** So that machines of other test files are not seen: `endProcesses` ends all programs of sandboxes that it finds. */
function sharedNamespace(): Promise<ProcessNamespace> {
  shared ??= ProcessNamespace.create({ PATH });
  return shared;
}
