/**
 * Kills this process immediately and prints the reason for the parent. The process must end without delay, because worker threads may be in
 * endless loops.
 */
export function die(reason: string): never {
  process.stderr.write(`sandpod: ${reason}\n`);
  process.kill(process.pid, 'SIGKILL');
  throw new Error(reason);
}
