/** Measures how long a small block in each language takes, in a sandbox that has already run a block: without a pause, and after a pause. */
import { setTimeout as delay } from 'node:timers/promises';
import { createExecutor } from '@sandpod/sandpod';
import { readRuns, report } from '../report/report.ts';

const BLOCKS = {
  python: 'print(6 * 7)',
  javascript: 'console.log(6 * 7)',
  sh: 'echo 42',
} as const;

/** An agent's next call comes after the model has thought. Meanwhile, the sandbox prepares the next interpreter. */
const PAUSE_MS = 500;

const samples: Record<string, number[]> = {};
for (const [language, code] of Object.entries(BLOCKS)) {
  samples[language] = await measure({ language, code, pauseMs: 0 });
  samples[`${language} after a pause`] = await measure({ language, code, pauseMs: PAUSE_MS });
}
report(samples);

async function measure(block: { readonly language: string; readonly code: string; readonly pauseMs: number }): Promise<number[]> {
  const { language, code, pauseMs } = block;
  await using executor = await createExecutor('embedded');
  await executor.runCode(code, { language });
  const durations: number[] = [];
  for (let run = 0; run < readRuns(); run += 1) {
    await delay(pauseMs);
    const startedMs = performance.now();
    const result = await executor.runCode(code, { language });
    durations.push(performance.now() - startedMs);
    if (result.stdout !== '42\n') throw new Error(`${language}: expected 42, got ${JSON.stringify(result)}`);
  }
  return durations;
}
