/** How far the memory of the caller's process grows while a block prints 100 MB, of which 1 MiB is kept. */
import { createExecutor } from '@sandpod/sandpod';
import { report } from '../report/report.ts';

const BYTES = 100_000_000;
const FLOOD = `import sys\nfor _ in range(1000): sys.stdout.write('x' * ${BYTES / 1000})`;
const INTERVAL_MS = 5;

await using executor = await createExecutor('embedded');
await executor.runCode(FLOOD);
globalThis.gc?.();
const before = process.memoryUsage();
let heap = 0;
let resident = 0;
const timer = setInterval(() => {
  const now = process.memoryUsage();
  heap = Math.max(heap, now.heapUsed + now.external - before.heapUsed - before.external);
  resident = Math.max(resident, now.rss - before.rss);
}, INTERVAL_MS);
const startedMs = performance.now();
const result = await executor.runCode(FLOOD);
const durationMs = performance.now() - startedMs;
clearInterval(timer);

const truncation = result.truncated?.stdout;
if (result.outcome !== 'ok' || truncation?.totalBytes !== BYTES)
  throw new Error(`unexpected: ${result.outcome} ${JSON.stringify(truncation)}`);
report({ heap: [heap], resident: [resident], kept: [truncation.keptBytes], durationMs: [durationMs] });
