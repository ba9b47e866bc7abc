import { readdirSync, readFileSync } from 'node:fs';

interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  /** Distinguishes two processes with the same id. */
  readonly started: string;
}

/** The live descendants of `pid`. Linux only. */
export function descendantsOf(pid: number): readonly ProcessEntry[] {
  const all = readProcesses();
  const found: ProcessEntry[] = [];
  for (let parents = [pid]; parents.length > 0; ) {
    const children = all.filter(({ parent }) => parents.includes(parent));
    found.push(...children);
    parents = children.map((child) => child.pid);
  }
  return found;
}

/** Returns the processes that are still alive. */
export function survivors(processes: readonly ProcessEntry[]): readonly ProcessEntry[] {
  const alive = readProcesses();
  return processes.filter(({ pid, started }) => alive.some((each) => each.pid === pid && each.started === started));
}

function readProcesses(): readonly ProcessEntry[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)));
}

function readProcess(pid: number): readonly ProcessEntry[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The program's name is in parentheses and may contain any characters.
    const [state, parent, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? [] : [{ pid, parent: Number(parent), started: rest[17] ?? '' }];
  } catch {
    return [];
  }
}
