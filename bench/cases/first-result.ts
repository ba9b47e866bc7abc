/** Measures the time from the import of the library to the first result, in a new process. */
import { report } from '../report/report.ts';

const startedMs = performance.now();
const { createExecutor } = await import('@sandpod/sandpod');
await using executor = await createExecutor('embedded');
const result = await executor.runCode('print(6 * 7)');
const endedMs = performance.now();

if (result.stdout !== '42\n') throw new Error(`expected 42, got ${JSON.stringify(result)}`);
report({ first: [endedMs - startedMs], firstFromProcessStart: [endedMs] });
