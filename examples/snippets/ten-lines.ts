import { createExecutor } from '@sandpod/sandpod';

await using executor = await createExecutor('embedded');

const result = await executor.execute([
  { language: 'python', code: "open('sum.txt', 'w').write(str(sum(range(101))))" },
  { language: 'sh', code: 'cat sum.txt' },
]);

console.log(result.outcome, result.exitCode, result.stdout);
