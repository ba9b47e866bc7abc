import { sandboxMiddleware } from '@sandpod/agents/langchain';
import { EmbeddedCommandLineCodeExecutor } from '@sandpod/embedded';
import { AIMessage, createAgent, fakeModel } from 'langchain';

const model = fakeModel()
  .respondWithTools([{ name: 'run_code', args: { code: 'open("note.txt", "w").write("seen")' }, id: 'first' }])
  .respondWithTools([{ name: 'run_code', args: { code: 'print(open("note.txt").read())' }, id: 'second' }])
  .respond(new AIMessage('The second call saw the file of the first.'));

const agent = createAgent({
  model,
  systemPrompt: 'You are an analyst.',
  middleware: [sandboxMiddleware({ createExecutor: () => new EmbeddedCommandLineCodeExecutor(), timeoutMs: 30_000 })],
});

const { messages } = await agent.invoke({ messages: [{ role: 'user', content: 'Try it.' }] });
console.log(messages.at(-1)?.text);
