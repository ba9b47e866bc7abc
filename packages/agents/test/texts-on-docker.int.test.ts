import { createExecutor, createProvider } from '@sandpod/sandpod';
import { createDeepAgent } from 'deepagents';
import { AIMessage, fakeModel, HumanMessage, ToolMessage } from 'langchain';
import { afterAll, describe, expect, test } from 'vitest';
import { toDeepAgentsBackend } from '../src/deepagents/index.ts';
import { describeExecutor } from '../src/shared/describe-executor.ts';
import { resultText } from '../src/shared/result-text.ts';

const image = 'testbed/polyglot:1';
const executor = await createExecutor('docker', { image });
afterAll(() => executor.stop());

async function textOf(language: string, code: string): Promise<string> {
  return resultText(await executor.runCode(code, { language }), { environment: executor.describe().environment });
}

describe('an executor in a container', () => {
  test('has a description with the network, how to find packages, and limits with numbers', () => {
    const text = describeExecutor(executor, { timeoutMs: 60_000 });
    expect(text).toMatch(/There is no network.*pip list.*time \(60 s per call\), CPU \(1\), memory \(512 MiB\)/s);
    expect(text.length).toBeLessThan(1_200);
  });

  test.each([
    ['python', 'import missing_package', 'Hint: The image does not have this package.'],
    ['python', 'import urllib.request as u; u.urlopen("https://example.com")', 'Hint: The sandbox has no access to the network.'],
    ['sh', 'missing_command', 'Hint: The image does not have this command.'],
    ['bash', 'missing_command', 'Hint: The image does not have this command.'],
    ['javascript', 'require("missing-package")', 'Hint: The image does not have this package.'],
  ])('gives a hint after %s %j', async (language, code, hint) => {
    expect(await textOf(language, code)).toContain(hint);
  });

  test('shows tracebacks with short names and without frames of the loader', async () => {
    const python = await textOf('python', 'import json\njson.loads("{")');
    expect(python).toContain('File "code.py", line 2');
    expect(python).toContain('File "json/decoder.py"');
    const javascript = await textOf('javascript', 'throw new TypeError("x")');
    expect(javascript).toMatch(/at .*code\.js:1:7/);
    expect(javascript).not.toContain('at Module');
  });

  test('shows the last state of a progress bar', async () => {
    const code = 'import sys\nfor n in range(0, 101, 10): sys.stdout.write(f"\\r{n}%")\nprint("\\ndone")';
    expect(await textOf('python', code)).toMatch(/Output:\n100%\ndone$/);
  });
});

test('a deep agent in a container gets a hint, and commands run in bash', async () => {
  const provider = await createProvider('docker', { image });
  await using sandbox = await provider.create();
  expect(sandbox.description).toMatch(/no network.*Limits: 1 CPU.*pip list/is);
  const commands = ['pip download numpy --retries 0', 'words=(in bash); echo "${words[@]}"'];
  const calls = commands.map((command, index) => ({ name: 'execute', args: { command }, id: `call-${index}` }));
  const model = calls.reduce((fake, call) => fake.respondWithTools([call]), fakeModel()).respond(new AIMessage('done'));
  const agent = createDeepAgent({ model, backend: toDeepAgentsBackend(sandbox) });
  const { messages } = await agent.invoke({ messages: [new HumanMessage('go')] });
  const [pip, bash] = messages.filter((message) => ToolMessage.isInstance(message)).map(({ text }) => text);
  expect(pip).toContain('[Hint: The sandbox has no access to the network.');
  expect(bash).toContain('in bash');
});
