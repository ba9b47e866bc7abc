import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const SAMPLE_MS = 400;
/** Ticks per sample. Even on a busy machine, an endless loop uses more. */
const BUSY_TICKS = 3;

/** A process's line in Linux's /proc. */
interface ProcessState {
  readonly pid: number;
  readonly parent: number;
  /** CPU time so far, in ticks of 10 ms. */
  readonly ticks: number;
}

/** The descendants of `pid` and the CPU time that each has used, in ticks of 10 ms. */
function descendants(pid: number): ReadonlyMap<number, number> {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap(readState);
  const found = new Map<number, number>();
  const queue = [pid];
  for (const parent of queue) {
    for (const child of all.filter((state) => state.parent === parent)) {
      found.set(child.pid, child.ticks);
      queue.push(child.pid);
    }
  }
  return found;
}

/** The descendants of `pid` that currently use the CPU. */
export async function busyDescendants(pid: number): Promise<readonly number[]> {
  const before = descendants(pid);
  await sleep(SAMPLE_MS);
  return [...descendants(pid)].filter(([child, ticks]) => ticks - (before.get(child) ?? ticks) > BUSY_TICKS).map(([child]) => child);
}

function readState(pid: string): ProcessState[] {
  try {
    // The second field is the program's name in parentheses, and may contain anything.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
      .map(Number);
    return [{ pid: Number(pid), parent: fields[1] ?? 0, ticks: (fields[11] ?? 0) + (fields[12] ?? 0) }];
  } catch {
    return [];
  }
}
