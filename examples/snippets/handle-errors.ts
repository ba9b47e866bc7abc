import { SandpodError } from '@sandpod/core';
import { createExecutor } from '@sandpod/sandpod';

await using executor = await createExecutor('embedded');

try {
  await executor.runCode('print(1)', { timeoutMs: -1 });
} catch (error) {
  if (!SandpodError.isInstance(error)) throw error;
  console.log(error.code, error.isRetryable);
  console.log(error.advice);
}
