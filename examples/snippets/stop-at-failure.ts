import { createExecutor } from '@sandpod/sandpod';

await using executor = await createExecutor('embedded');

const result = await executor.execute([
  { language: 'python', code: 'print("one")' },
  { language: 'python', code: 'raise SystemExit(3)' },
  { language: 'python', code: 'print("never")' },
]);

console.log(result.outcome, result.exitCode, result.blocks.length);
console.log(result.reason);
