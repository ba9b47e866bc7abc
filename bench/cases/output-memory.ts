/**
 * Measures how much the caller's memory grows while a block prints 100 MB, of which 1 MiB is kept.
 *
 * There are two measurements. The first is the resident size of the process with normal garbage collection, separately for the first run,
 * in which V8 fills its pools, and for later runs. The second is the memory in use after a garbage collection, sampled continuously.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { createExecutor } from '@sandpod/sandpod';
import { readBackend, report } from '../report/report.ts';

const BYTES = 100_000_000;
const FLOOD = `import sys\nfor _ in range(1000): sys.stdout.write('x' * ${BYTES / 1000})`;
const INTERVAL_MS = 5;
const LATER_FLOODS = 4;
const SETTLING_LOOKS = 20;

const collect = globalThis.gc ?? fail('run with --expose-gc');
await using executor = await createExecutor(readBackend());
await executor.runCode('print(6 * 7)');
const resident = await measure(() => process.memoryUsage.rss());
const again: number[] = [];
for (let count = 0; count < LATER_FLOODS; count += 1) again.push((await measure(() => process.memoryUsage.rss())).grownBytes);
const live = await measure(() => {
  collect();
  // A collection frees buffers in the background. The next collection waits until they are freed.
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
});
report({
  resident: [resident.grownBytes],
  residentAgain: again,
  live: [live.grownBytes],
  kept: [resident.keptBytes],
  durationMs: [resident.durationMs],
});

async function measure(look: () => number): Promise<{ grownBytes: number; keptBytes: number; durationMs: number }> {
  const before = await settled(look);
  let highest = before;
  const timer = setInterval(() => {
    highest = Math.max(highest, look());
  }, INTERVAL_MS);
  const startedMs = performance.now();
  const result = await executor.runCode(FLOOD);
  const durationMs = performance.now() - startedMs;
  highest = Math.max(highest, look());
  clearInterval(timer);
  const truncation = result.truncated?.stdout;
  if (result.outcome !== 'ok' || truncation?.totalBytes !== BYTES)
    return fail(`unexpected: ${result.outcome} ${result.reason} ${JSON.stringify(truncation)}`);
  return { grownBytes: highest - before, keptBytes: truncation.keptBytes, durationMs };
}

/** Returns the minimum of several samples, because earlier buffers are freed with a delay. */
async function settled(look: () => number): Promise<number> {
  let lowest = Number.POSITIVE_INFINITY;
  for (let count = 0; count < SETTLING_LOOKS; count += 1) {
    await delay(INTERVAL_MS);
    collect();
    lowest = Math.min(lowest, look());
  }
  return lowest;
}

function fail(message: string): never {
  throw new Error(message);
}
