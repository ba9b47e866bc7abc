import { type CodeToolEvent, codeTool } from '@sandpod/agents/langchain';
import { createExecutor } from '@sandpod/sandpod';
import { AIMessage, createAgent, fakeModel } from 'langchain';

const code = 'import time\nfor n in range(3):\n    print("step", n + 1)\n    time.sleep(0.2)';
const model = fakeModel()
  .respondWithTools([{ name: 'run_code', args: { code }, id: 'first' }])
  .respond(new AIMessage('Three steps were done.'));

await using executor = await createExecutor('embedded');
const agent = createAgent({ model, tools: [codeTool(executor)] });

const input = { messages: [{ role: 'user', content: 'Do three steps.' }] };
for await (const event of await agent.stream(input, { streamMode: 'tools' })) {
  if (event.event !== 'on_tool_event') continue;
  const told = event.data as CodeToolEvent;
  if (told.type === 'stdout') process.stdout.write(told.text);
}
