/** Measures the maximum delay of the caller's event loop while a sandbox starts, computes, prints a lot of output, and stops. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createExecutor } from '@sandpod/sandpod';
import { report } from '../report/report.ts';

const RESOLUTION_MS = 5;
const FLOOD = "for _ in range(1000): print('x' * 20_000)";

await using executor = await createExecutor('embedded');
report({
  starting: [await longestDelay(() => executor.start())],
  computing: [await longestDelay(() => executor.runCode('while True: pass', { timeoutMs: 2_000 }))],
  flooding: [await longestDelay(() => executor.runCode(FLOOD))],
  stopping: [await longestDelay(() => executor.stop())],
});

/** Returns the maximum delay of a timer while the action runs, in milliseconds. */
async function longestDelay(action: () => Promise<unknown>): Promise<number> {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  await action();
  delays.disable();
  return Math.max(0, delays.max / 1e6 - RESOLUTION_MS);
}
