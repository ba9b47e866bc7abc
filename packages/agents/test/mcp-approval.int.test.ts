import { Client, type ElicitResult, InMemoryTransport } from '@modelcontextprotocol/client';
import { EmbeddedCommandLineCodeExecutor } from '@sandpod/embedded';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMcpServer } from '../src/mcp/index.ts';

const executor = new EmbeddedCommandLineCodeExecutor();
beforeAll(() => executor.start(), 60_000);
afterAll(() => executor.stop());

/** A client whose user answers every question with `answer`; without an answer, the client cannot ask. */
async function connect(answer?: ElicitResult): Promise<{ readonly client: Client; readonly asked: readonly string[] }> {
  const asked: string[] = [];
  const client = new Client({ name: 'test', version: '1' }, answer && { capabilities: { elicitation: {} } });
  if (answer)
    client.setRequestHandler('elicitation/create', ({ params: { message } }) => {
      asked.push(message);
      return answer;
    });
  const [near, far] = InMemoryTransport.createLinkedPair();
  await Promise.all([createMcpServer({ executor, approve: true }).connect(far), client.connect(near)]);
  return { client, asked };
}

const yes: ElicitResult = { action: 'accept', content: { approve: true } };
const run = { name: 'run_code', arguments: { code: `print("hi")${' '.repeat(300)}; open("ran.txt", "w") # \u3164`, language: 'python' } };

async function hasRun(): Promise<boolean> {
  return (await executor.files.deleteFile({ path: 'ran.txt' })) === true;
}

test('code and commands run after a clear yes, and the question shows all of them', async () => {
  const { client, asked } = await connect(yes);
  expect(await client.callTool(run)).toMatchObject({ structuredContent: { outcome: 'ok', stdout: 'hi\n' } });
  expect(await hasRun()).toBe(true);
  expect(asked[0]).toContain('```python\nprint("hi")[... 300 blanks ...]; open("ran.txt", "w") # \\u{3164}\n```');
  expect(asked[0]).toContain('Warning: Hidden characters');
  expect(await client.callTool({ name: 'run_command', arguments: { command: 'echo hi' } })).toMatchObject({ isError: false });
  expect(asked[1]).toMatch(/^Run this code\?\n\n```\w+\necho hi\n```$/);
});

test.each<[string, ElicitResult]>([
  ['a no', { action: 'decline' }],
  ['a dismissal', { action: 'cancel' }],
  ['a yes without its mark', { action: 'accept', content: { approve: false } }],
])('nothing runs after %s', async (_, answer) => {
  const { client } = await connect(answer);
  const result = await client.callTool(run);
  expect(result).toMatchObject({ isError: true, content: [{ text: 'The code was not approved, so it was not run.' }] });
  expect(await hasRun()).toBe(false);
});

test('nothing runs if the client cannot ask', async () => {
  const { client } = await connect();
  expect(await client.callTool(run)).toMatchObject({ isError: true });
  expect(await hasRun()).toBe(false);
  expect(await client.callTool({ name: 'list_files', arguments: {} })).not.toMatchObject({ isError: true });
});
