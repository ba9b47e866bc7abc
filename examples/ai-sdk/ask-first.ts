import { codeTool } from '@sandpod/agents/ai-sdk';
import { createExecutor } from '@sandpod/sandpod';
import { generateText, isStepCount } from 'ai';
import { scriptedModel } from './scripted-model.ts';

const model = scriptedModel([
  { tool: 'run_code', input: { code: 'import shutil; shutil.rmtree("data")' } },
  { tool: 'run_code', input: { code: 'print("read only")' } },
  'I left the data alone.',
]);

await using executor = await createExecutor('embedded');
const { steps, text } = await generateText({
  model,
  tools: { run_code: codeTool(executor) },
  toolApproval: {
    // 'user-approval' asks a person instead, and pauses until the person answers.
    run_code: ({ code }) => (code.includes('rmtree') ? { type: 'denied', reason: 'Nothing is deleted here.' } : 'approved'),
  },
  stopWhen: isStepCount(5),
  prompt: 'Tidy up.',
});

console.log(steps.map(({ toolResults }) => toolResults.length).join(' '), text);
