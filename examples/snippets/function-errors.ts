import { SandpodError } from '@sandpod/core';
import { createExecutor } from '@sandpod/sandpod';

try {
  await createExecutor('embedded', { functions: ['def area(radius):\n    return (math.pi * radius ** 2'] });
} catch (error) {
  if (SandpodError.isInstance(error)) console.log(error.code, '|', error.message);
}

await using executor = await createExecutor('embedded', {
  functions: [{ source: 'def area(radius):\n    return math.pi * radius ** 2', globalImports: ['maths'] }],
});
try {
  await executor.runCode('from functions import area');
} catch (error) {
  if (SandpodError.isInstance(error)) console.log(error.code, '|', error.message.split('\n').at(-1));
}
