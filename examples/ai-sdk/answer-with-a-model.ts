import { codeTool } from '@sandpod/agents/ai-sdk';
import { createExecutor } from '@sandpod/sandpod';
import { generateText, isStepCount } from 'ai';

await using executor = await createExecutor('embedded');

const { text } = await generateText({
  // A model of the AI Gateway, which reads AI_GATEWAY_API_KEY. You can pass a model of any provider package instead.
  model: process.env['MODEL'] ?? 'openai/gpt-5-mini',
  tools: { run_code: codeTool(executor) },
  stopWhen: isStepCount(5),
  prompt: 'What is the sum of the first hundred primes? Compute it.',
});
console.log(text);
