import { bashTool, fileTools } from '@sandpod/agents/ai-sdk';
import { EmbeddedSandboxProvider } from '@sandpod/embedded';
import { generateText, isStepCount } from 'ai';
import { scriptedModel } from './scripted-model.ts';

const model = scriptedModel([
  { tool: 'write_file', input: { path: 'notes/plan.txt', content: 'one\ntwo\nthree\n' } },
  { tool: 'run_command', input: { command: 'wc -l < notes/plan.txt' } },
  'The plan has three lines.',
]);

await using sandbox = await new EmbeddedSandboxProvider().create();

const { text } = await generateText({
  model,
  tools: { run_command: bashTool(sandbox), ...fileTools(sandbox) },
  // Other tools that support AI SDK sandboxes receive the same handle.
  experimental_sandbox: sandbox.restricted(),
  stopWhen: isStepCount(10),
  prompt: 'Write a plan.',
});

console.log(text);
console.log(await sandbox.readTextFile({ path: 'notes/plan.txt' }));
