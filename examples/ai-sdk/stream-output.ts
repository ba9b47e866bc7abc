import { codeTool } from '@sandpod/agents/ai-sdk';
import { createExecutor } from '@sandpod/sandpod';
import { isStepCount, streamText } from 'ai';
import { scriptedModel } from './scripted-model.ts';

const model = scriptedModel([{ tool: 'run_code', input: { code: 'for n in range(3): print(n, flush=True)' } }, 'Done.']);
const controller = new AbortController(); // controller.abort() kills the running code

await using executor = await createExecutor('embedded');
const { stream } = streamText({
  model,
  tools: { run_code: codeTool(executor, { timeoutMs: 30_000 }) },
  stopWhen: isStepCount(5),
  prompt: 'Count.',
  abortSignal: controller.signal,
});

let shown = '';
for await (const part of stream) {
  if (part.type === 'text-delta') console.log(part.text);
  if (part.type !== 'tool-result' || part.dynamic) continue;
  // Each update contains all output so far.
  process.stdout.write(part.output.output.slice(shown.length));
  shown = part.output.output;
}
