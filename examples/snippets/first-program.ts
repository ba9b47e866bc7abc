import { createExecutor } from '@sandpod/sandpod';

await using executor = await createExecutor('embedded');

const result = await executor.runCode('print("hello from Python", 6 * 7)');

console.log(result.outcome, result.exitCode);
console.log(result.stdout.trim());
