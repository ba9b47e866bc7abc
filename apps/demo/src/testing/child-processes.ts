import { readdirSync, readFileSync } from 'node:fs';

/** The ids of the processes that a process has started and that still run (Linux only). */
export function childProcesses(pid: number = process.pid): readonly number[] {
  const tasks = `/proc/${pid}/task`;
  return readdirSync(tasks).flatMap((task) => readFileSync(`${tasks}/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number));
}
