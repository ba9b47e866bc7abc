import { createExecutor } from '@sandpod/sandpod';

await using executor = await createExecutor('embedded');
const controller = new AbortController();
const blocks = [{ language: 'python', code: 'print("begun", flush=True)\nwhile True: pass' }];

for await (const event of executor.stream(blocks, { abortSignal: controller.signal })) {
  if (event.type === 'stdout') controller.abort();
  if (event.type === 'end') console.log(event.result.outcome, event.result.exitCode, event.result.stdout.trim());
}
