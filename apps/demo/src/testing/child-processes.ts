import { readdirSync, readFileSync } from 'node:fs';

/** Returns the ids of a process's running child processes (Linux only). */
export function childProcesses(pid: number = process.pid): readonly number[] {
  const tasks = `/proc/${pid}/task`;
  return readdirSync(tasks).flatMap((task) => readFileSync(`${tasks}/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number));
}
