import { readdirSync, readFileSync } from 'node:fs';

/** Processes of this machine, zombies excepted, that have a text in their environment. */
export function processesWith(text: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => isAlive(pid) && read(`/proc/${pid}/environ`).includes(text))
    .map(Number);
}

/** Processes of this machine, zombies excepted, that have a text in their command line. */
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
      // It has ended already.
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
