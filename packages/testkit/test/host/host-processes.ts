import { readdirSync, readFileSync } from 'node:fs';

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

export function endProcesses(pids: readonly number[]): void {
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
