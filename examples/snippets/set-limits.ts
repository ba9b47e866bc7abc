import { createExecutor } from '@sandpod/sandpod';

await using executor = await createExecutor('embedded', {
  timeoutMs: 10_000,
  limits: { memoryBytes: 128 * 1024 * 1024, outputBytes: 1024 * 1024 },
});

const slow = await executor.runCode('print("so far", flush=True)\nwhile True: pass', { timeoutMs: 5_000 });
console.log(slow.outcome, slow.exitCode, JSON.stringify(slow.stdout));

const loud = await executor.runCode("while True: print('x' * 1000)");
console.log(loud.outcome, loud.reason);

const next = await executor.runCode('print("still here")');
console.log(next.outcome, JSON.stringify(next.stdout));
