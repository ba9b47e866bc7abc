import { codeTool } from '@sandpod/agents/ai-sdk';
import { createExecutor } from '@sandpod/sandpod';
import { generateText, isStepCount } from 'ai';
import { scriptedModel } from './scripted-model.ts';

// You can use any AI SDK model instead.
const model = scriptedModel([
  { tool: 'run_code', input: { code: 'print(sum(n for n in range(2, 542) if all(n % d for d in range(2, n))))' } },
  'The first hundred primes add up to 24133.',
]);

await using executor = await createExecutor('embedded');

const { text, steps } = await generateText({
  model,
  tools: { run_code: codeTool(executor) },
  stopWhen: isStepCount(5),
  prompt: 'What is the sum of the first hundred primes?',
});

for (const { output, dynamic } of steps.flatMap(({ toolResults }) => toolResults)) {
  if (!dynamic) console.log(output.outcome, output.stdout.trim());
}
console.log(text);
