/** Measures the resident memory of an embedded sandbox that has been idle for some seconds: just started, and after a block of each language. */
import { execFileSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { createExecutor } from '@sandpod/sandpod';
import { report } from '../report/report.ts';

const IDLE_MS = 5_000;
const LISTED = /^\s*(\d+)\s+(\d+)\s+(.*)$/;

await using executor = await createExecutor('embedded');
await executor.start();
const started = await residentAfterIdle();
for (const [language, code] of [
  ['python', 'print(1)'],
  ['javascript', '1'],
  ['sh', ':'],
] as const)
  await executor.runCode(code, { language });
report({ started: [started], used: [await residentAfterIdle()] });

/** Returns the resident memory of this process's child, in bytes. */
async function residentAfterIdle(): Promise<number> {
  await delay(IDLE_MS);
  const lines = execFileSync('ps', ['-A', '-o', 'ppid=,rss=,args='], { encoding: 'utf8' }).split('\n');
  const children = lines.flatMap((line) => {
    const [, parent, kilobytes, command] = LISTED.exec(line) ?? [];
    return Number(parent) === process.pid && !command?.startsWith('ps ') ? [Number(kilobytes) * 1024] : [];
  });
  if (children.length !== 1) throw new Error(`Expected one child process, found ${children.length}.`);
  return children[0] ?? 0;
}
