import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const ATTEMPTS = 400;
const PAUSE_MS = 5;

/** Processes on this machine, except zombies, whose environment contains a text. */
export function processesWith(text: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => isAlive(pid) && read(`/proc/${pid}/environ`).includes(text))
    .map(Number);
}

/** Processes on this machine, except zombies, whose command line contains a text. */
export function processesNamed(text: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => isAlive(pid) && read(`/proc/${pid}/cmdline`).includes(text))
    .map(Number);
}

/** Kills the processes that `find` returns until there are none, also those that fork continuously. Gives up after some seconds. */
export async function endAll(find: () => readonly number[]): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const left = find();
    if (left.length === 0) return;
    endProcesses(left);
    await delay(PAUSE_MS);
  }
}

function endProcesses(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // The process has already ended.
    }
  }
}

function isAlive(pid: string): boolean {
  return !['', 'Z', 'X'].includes(
    read(`/proc/${pid}/stat`)
      .replace(/^.*\) /s, '')
      .slice(0, 1),
  );
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
