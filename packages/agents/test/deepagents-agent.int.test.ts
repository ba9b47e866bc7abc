import { posix } from 'node:path';
import { EmbeddedSandboxProvider } from '@sandpod/embedded';
import { createDeepAgent } from 'deepagents';
import { AIMessage, fakeModel, HumanMessage, ToolMessage } from 'langchain';
import { expect, test } from 'vitest';
import { toDeepAgentsBackend } from '../src/deepagents/index.ts';

test('a deep agent writes a file, runs it, sees it fail and mends it', async () => {
  await using sandbox = await new EmbeddedSandboxProvider().create();
  const backend = toDeepAgentsBackend(sandbox);
  const path = posix.join(backend.workspace, 'sum.py');
  const model = fakeModel()
    .respondWithTools([{ name: 'write_file', args: { file_path: path, content: 'print(sum([1, 2, "3"]))\n' }, id: 'call-1' }])
    .respondWithTools([{ name: 'execute', args: { command: `python3 ${path}` }, id: 'call-2' }])
    .respondWithTools([{ name: 'edit_file', args: { file_path: path, old_string: '"3"', new_string: '3' }, id: 'call-3' }])
    .respondWithTools([{ name: 'execute', args: { command: `python3 ${path}` }, id: 'call-4' }])
    .respond(new AIMessage('The sum is 6.'));
  const { messages } = await createDeepAgent({ model, backend }).invoke({ messages: [new HumanMessage('go')] });
  const answers = messages.filter((message) => ToolMessage.isInstance(message)).map(({ content }) => String(content));
  expect(answers[1]).toMatch(/TypeError[\s\S]*\[Command failed with exit code 1\]/);
  expect(answers[3]).toMatch(/^6\n\s*\[Command succeeded with exit code 0\]$/);
  expect(messages.at(-1)?.content).toBe('The sum is 6.');
});
