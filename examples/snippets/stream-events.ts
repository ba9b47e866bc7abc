import { createExecutor } from '@sandpod/sandpod';

await using executor = await createExecutor('embedded');
const blocks = [{ language: 'python', code: 'for n in range(3): print(n, flush=True)' }];

let text = '';
for await (const event of executor.stream(blocks)) {
  if (event.type === 'stdout') text += event.text;
  if (event.type === 'end') console.log(event.result.outcome, event.result.durationMs > 0);
}
console.log(text.split('\n').join(' '));
