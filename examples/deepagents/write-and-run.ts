import { toDeepAgentsBackend } from '@sandpod/agents/deepagents';
import { createProvider } from '@sandpod/sandpod';
import { createDeepAgent } from 'deepagents';
import { AIMessage, fakeModel, ToolMessage } from 'langchain';

const provider = await createProvider('embedded');
await using sandbox = await provider.create();
const backend = toDeepAgentsBackend(sandbox, { timeoutMs: 30_000 });

const path = `${backend.workspace}/hello.py`;
const model = fakeModel()
  .respondWithTools([{ name: 'write_file', args: { file_path: path, content: 'print("hello from the sandbox")\n' }, id: 'first' }])
  .respondWithTools([{ name: 'execute', args: { command: `python3 ${path}` }, id: 'second' }])
  .respond(new AIMessage('It says hello.'));

const systemPrompt = `Files and commands are in a sandbox. ${backend.description}`;
const agent = createDeepAgent({ model, backend, systemPrompt });
const { messages } = await agent.invoke({ messages: [{ role: 'user', content: 'Write a program and run it.' }] });

for (const message of messages) if (ToolMessage.isInstance(message)) console.log(message.text.trim());
console.log(messages.at(-1)?.text);
