import { createExecutor } from '@sandpod/sandpod';

await using executor = await createExecutor('embedded', { state: 'kernel' });
const context = await executor.createContext?.({ language: 'python' });
await executor.runCode('x = 1', { contextId: context?.id });
await executor.runCode('x = 2');
const result = await executor.runCode('x', { contextId: context?.id });
console.log(result.results[0]?.data['text/plain']);
