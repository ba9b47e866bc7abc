import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { processesWith } from './host-processes.ts';

/** Adopts processes until standard input ends, which also happens when this process ends. Programs may kill all but the shell itself. */
const ADOPT = 'exec 3<&0; while :; do cat <&3 & wait "$!" && break; done';
/** `nsenter` itself would stop with a program that is stopped, and then never report its end. */
const RUN = '"$@"; exit "$?"';
const ATTEMPTS = 200;
const PAUSE_MS = 10;

/** A separate process namespace with its own view of /proc. Needs root. */
export class ProcessNamespace {
  /** The namespace's first process, by its number on this machine. */
  readonly pid: number;
  readonly #child: ChildProcess;

  private constructor(pid: number, child: ChildProcess) {
    this.pid = pid;
    this.#child = child;
  }

  static async create(env: Readonly<Record<string, string>>): Promise<ProcessNamespace> {
    const mark = randomBytes(8).toString('hex');
    const child = spawn('unshare', ['--pid', '--fork', '--mount-proc', '--kill-child', 'setsid', 'sh', '-c', ADOPT], {
      env: { ...env, SANDPOD_NAMESPACE: mark },
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    child.unref();
    if (child.stdin instanceof Socket) child.stdin.unref();
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      await delay(PAUSE_MS);
      const pid = processesWith(`SANDPOD_NAMESPACE=${mark}`).find(isInit);
      if (pid !== undefined) return new ProcessNamespace(pid, child);
    }
    throw new Error('A process namespace could not be made; this needs root.');
  }

  /** The command that runs a program in the namespace, and waits for its end outside of it. */
  prefix(directory: string): readonly string[] {
    return ['nsenter', '--target', String(this.pid), '--pid', '--mount', `--wd=${directory}`, '--no-fork', 'sh', '-c', RUN, 'sh'];
  }

  end(): void {
    this.#child.kill('SIGKILL');
  }
}

function isInit(pid: number): boolean {
  try {
    return /^NSpid:\s+\d+\s+1$/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
