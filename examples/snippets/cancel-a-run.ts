import { createExecutor } from '@sandpod/sandpod';

await using executor = await createExecutor('embedded');
await executor.start();

const controller = new AbortController();
setTimeout(() => controller.abort(), 300);

const result = await executor.runCode('print("begun", flush=True)\nwhile True: pass', { abortSignal: controller.signal });
console.log(result.outcome, result.exitCode, result.stdout.trim());
