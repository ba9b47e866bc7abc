import { writeSync } from 'node:fs';

const STDERR = 2;

/**
 * Kills this process immediately and prints the reason for the parent. The process must end without delay, because worker threads may be in
 * endless loops.
 */
export function die(reason: string): never {
  try {
    // process.stderr does not wait for a pipe on every platform.
    writeSync(STDERR, `sandpod: ${reason}\n`);
  } catch {
    // The parent process no longer reads.
  }
  process.kill(process.pid, 'SIGKILL');
  throw new Error(reason);
}
