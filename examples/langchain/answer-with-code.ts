import { codeTool } from '@sandpod/agents/langchain';
import { createExecutor } from '@sandpod/sandpod';
import { AIMessage, createAgent, fakeModel, ToolMessage } from 'langchain';

// You can use any LangChain chat model instead.
const model = fakeModel()
  .respondWithTools([{ name: 'run_code', args: { code: 'print(sum(range(1, 101)) / 0)' }, id: 'first' }])
  .respondWithTools([{ name: 'run_code', args: { code: 'print(sum(range(1, 101)))' }, id: 'second' }])
  .respond(new AIMessage('The numbers from 1 to 100 add up to 5050.'));

await using executor = await createExecutor('embedded');
const agent = createAgent({ model, tools: [codeTool(executor)] });

const { messages } = await agent.invoke({ messages: [{ role: 'user', content: 'What do the numbers from 1 to 100 add up to?' }] });
for (const message of messages) {
  if (ToolMessage.isInstance(message)) console.log(message.status, message.artifact.outcome, message.artifact.stdout.trim());
}
console.log(messages.at(-1)?.text);
