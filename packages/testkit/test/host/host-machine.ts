import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ExecChannel, ExecTransport } from '@sandpod/launcher';
import { openHostChannel } from './host-channel.ts';
import { endAll, processesWith } from './host-processes.ts';

/** The system's own programs first, as in an image: the shims of a version manager take longer than many programs run. */
const PATH = ['/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', process.env['PATH']].filter(Boolean).join(':');

export interface HostMachineOptions {
  /** The shell to run instead of `sh`. */
  readonly shell: readonly string[];
  readonly halfClose: boolean;
  /** True: the programs run in a separate process namespace, as in a container. Needs root. */
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
  #init: ChildProcess | undefined;
  #initPid = 0;

  constructor(options: HostMachineOptions) {
    this.#options = options;
    this.halfClose = options.halfClose;
  }

  async start(): Promise<void> {
    if (!this.#options.hasOwnProcesses) return;
    // Ends by itself after 15 minutes if this process ends unexpectedly.
    const reap = 'i=0; while [ $i -lt 90 ]; do sleep 10 & wait; i=$((i + 1)); done';
    this.#init = spawn('unshare', ['--pid', '--fork', '--mount-proc', '--kill-child', 'setsid', 'sh', '-c', reap], {
      env: this.#env(),
      stdio: 'ignore',
    });
    for (let attempt = 0; this.#initPid === 0 && attempt < 200; attempt += 1) {
      await delay(10);
      this.#initPid = processesWith(this.#mark).find((pid) => isInit(pid)) ?? 0;
    }
    if (this.#initPid === 0) throw new Error('A process namespace could not be made; this needs root.');
  }

  async open(argv: readonly string[]): Promise<ExecChannel> {
    const program = [...this.#options.shell, ...argv.slice(1)];
    const prefix = this.#initPid === 0 ? [] : ['nsenter', '--target', String(this.#initPid), '--pid', '--mount', `--wd=${this.workspace}`];
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
    this.#init?.unref();
    rmSync(this.workspace, { recursive: true, force: true });
  }

  #env(): Record<string, string> {
    const [name = '', value = ''] = this.#mark.split('=');
    return { PATH, HOME: this.workspace, LANG: 'C.UTF-8', [name]: value, ...this.#options.env };
  }
}

/** True if a process is the first process of its namespace. */
function isInit(pid: number): boolean {
  const status = readStatus(pid);
  return /^NSpid:\s+\d+\s+1$/m.test(status);
}

function readStatus(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return '';
  }
}
