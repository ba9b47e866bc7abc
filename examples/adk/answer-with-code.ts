import { InMemoryRunner, LlmAgent } from '@google/adk';
import { AdkCodeExecutor, CodeBlockProcessor } from '@sandpod/agents/adk';
import { EmbeddedCommandLineCodeExecutor } from '@sandpod/embedded';
import { ScriptedLlm } from './scripted-llm.ts';

// You can use any ADK model instead, for example 'gemini-flash-latest'.
const model = new ScriptedLlm(['```python\nprint(2 ** 64)\n```', 'Two to the power of 64 is 18446744073709551616.']);

await using codeExecutor = new AdkCodeExecutor({ createExecutor: () => new EmbeddedCommandLineCodeExecutor() });
const agent = new LlmAgent({ name: 'calculator', model, codeExecutor, responseProcessors: [new CodeBlockProcessor()] });

const runner = new InMemoryRunner({ agent });
const newMessage = { role: 'user', parts: [{ text: 'What is two to the power of 64?' }] };
let answer = '';
for await (const { content } of runner.runEphemeral({ userId: 'me', newMessage })) {
  for (const { text, codeExecutionResult } of content?.parts ?? []) {
    if (codeExecutionResult) console.log(codeExecutionResult.outcome, codeExecutionResult.output);
    else answer = text ?? '';
  }
}
console.log(answer);
