/** Measures how long a small block in each language takes, in a sandbox that has already run a block. */
import { createExecutor } from '@sandpod/sandpod';
import { readRuns, report } from '../report/report.ts';

const BLOCKS = {
  python: 'print(6 * 7)',
  javascript: 'console.log(6 * 7)',
  sh: 'echo 42',
} as const;

const samples: Record<string, number[]> = {};
for (const [language, code] of Object.entries(BLOCKS)) samples[language] = await measure(language, code);
report(samples);

async function measure(language: string, code: string): Promise<number[]> {
  await using executor = await createExecutor('embedded');
  await executor.runCode(code, { language });
  const durations: number[] = [];
  for (let run = 0; run < readRuns(); run += 1) {
    const startedMs = performance.now();
    const result = await executor.runCode(code, { language });
    durations.push(performance.now() - startedMs);
    if (result.stdout !== '42\n') throw new Error(`${language}: expected 42, got ${JSON.stringify(result)}`);
  }
  return durations;
}
