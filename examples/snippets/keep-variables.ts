import { createExecutor } from '@sandpod/sandpod';

await using executor = await createExecutor('embedded', { state: 'kernel' });
await executor.runCode('import statistics\nvalues = [3, 5, 10]');
const result = await executor.runCode('statistics.mean(values)');
console.log(result.results[0]?.data['text/plain']);
