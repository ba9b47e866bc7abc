import { createExecutor } from '@sandpod/sandpod';

await using executor = await createExecutor('embedded');

const python = await executor.runCode('print(6 * 7)');
console.log(python.outcome, python.stdout.trim());

const javascript = await executor.runCode('console.log([1, 2, 3].map((n) => n * n).join())', { language: 'javascript' });
console.log(javascript.outcome, javascript.stdout.trim());
