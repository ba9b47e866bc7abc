import { setTimeout as sleep } from 'node:timers/promises';
import { convertToOpenAITool } from '@langchain/core/utils/function_calling';
import type { CodeResult } from '@sandpod/core';
import { EmbeddedCommandLineCodeExecutor } from '@sandpod/embedded';
import { AIMessage, createAgent, fakeModel, HumanMessage, ToolMessage } from 'langchain';
import { afterAll, describe, expect, test } from 'vitest';
import { type CodeToolChunk, type CodeToolEvent, codeTool } from '../src/langchain/index.ts';

const executor = new EmbeddedCommandLineCodeExecutor();
afterAll(() => executor.stop());

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const FOREVER = 'import time\nprint("begun", flush=True)\nwhile True: time.sleep(0.05); open("beat.txt", "a").write("x")';

function call(code: string, language = 'python'): { name: string; args: Record<string, unknown>; id: string; type: 'tool_call' } {
  return { name: 'run_code', args: { code, language }, id: 'call-1', type: 'tool_call' };
}

async function invoke(code: string, language?: string): Promise<ToolMessage> {
  const message: unknown = await codeTool(executor).invoke(call(code, language));
  if (!ToolMessage.isInstance(message)) throw new Error('expected a tool message');
  return message;
}

async function beats(): Promise<number> {
  return (await executor.files.stat({ path: 'beat.txt' }))?.size ?? 0;
}

/** Resolves with true if the file no longer grows. */
async function isQuiet(): Promise<boolean> {
  const before = await beats();
  await sleep(500);
  return (await beats()) === before;
}

describe('a tool call', () => {
  test('returns text for the model and the whole result for programs', async () => {
    const message = await invoke('print(6 * 7); open("made.txt", "w").write("hi")');
    expect(message).toMatchObject({ status: 'success', name: 'run_code', tool_call_id: 'call-1' });
    expect(message.content).toContain('42');
    expect(message.artifact).toMatchObject({ outcome: 'ok', exitCode: 0, stdout: '42\n', files: [{ path: 'made.txt', size: 2 }] });
  });

  test('for code that fails is a message with status error that still has the result', async () => {
    const message = await invoke('raise ValueError("no such column")');
    expect(message).toMatchObject({ status: 'error', tool_call_id: 'call-1', artifact: { outcome: 'failed', exitCode: 1 } });
    expect(message.content).toContain('no such column');
  });

  test('that writes an image shows it to the model', async () => {
    const message = await invoke(`import base64; open("dot.png", "wb").write(base64.b64decode("${PNG}"))`);
    expect(message.content).toEqual([
      { type: 'text', text: expect.stringContaining('dot.png') },
      { type: 'image', mimeType: 'image/png', data: PNG },
    ]);
  });

  test.each([{ imagesToModel: false }, { maxImageBytes: 69 }])('with %j keeps an image of 70 bytes from the model', async (options) => {
    const code = `import base64; open("dot.png", "wb").write(base64.b64decode("${PNG}")); print("drawn ${JSON.stringify(options).length}")`;
    const message = (await codeTool(executor, options).invoke(call(code))) as ToolMessage;
    expect(message.content).toEqual(expect.stringContaining('drawn'));
    expect(message.artifact).toMatchObject({ outcome: 'ok', files: [{ path: 'dot.png', size: 70 }] });
  });

  test('without an id returns only the text', async () => {
    expect(await codeTool(executor).invoke({ code: 'print("plain")' })).toContain('plain');
  });

  test('does not send files that are too large or not really images, but keeps them in the artifact', async () => {
    const png = `base64.b64decode("${PNG}")`;
    const message = await invoke(
      `import base64; open("big.png", "wb").write(${png} + bytes(5_000_000)); open("fake.png", "w").write("<script>alert(1)</script>")`,
    );
    expect(message.content).toEqual(expect.stringContaining('big.png'));
    expect(message.content).not.toContain('<script>');
    expect((message.artifact as CodeResult).files.map(({ path }) => path).sort()).toEqual(['big.png', 'fake.png']);
  });

  test('treats names and values from guests as data', async () => {
    const message = await invoke('open("__proto__", "w").write("x"); print(\'{"__proto__": {"polluted": true}}\')');
    expect((message.artifact as CodeResult).files).toMatchObject([{ path: '__proto__' }]);
    expect({}).not.toHaveProperty('polluted');
  });

  test('removes terminal codes from the text for the model, and cuts a flood in the middle', async () => {
    const message = await invoke('print("\\x1b[31mred\\x1b]0;title\\x07"); print("x" * 200_000); print("the end")');
    const text = String(message.content);
    expect(text).not.toContain('\u001b');
    expect(text).toMatch(/red[\s\S]*characters omitted[\s\S]*the end/);
    expect(text.length).toBeLessThan(21_000);
    const short = await codeTool(executor, { maxModelCharacters: 100 }).invoke({ code: 'print("x" * 200)' });
    expect(short).toMatch(/\nx{50}\n\[\.\.\. 100 characters omitted \.\.\.\]\nx{50}$/);
  });
});

test('output streams as tool events while the code runs', async () => {
  const model = fakeModel()
    .respondWithTools([call('print("first", flush=True)\nprint("second")')])
    .respond(new AIMessage('done'));
  const agent = createAgent({ model, tools: [codeTool(executor)] });
  const events = await Array.fromAsync(await agent.stream({ messages: [new HumanMessage('go')] }, { streamMode: 'tools' }));
  const texts = events.flatMap((event) => (event.event === 'on_tool_event' ? [event.data] : [])) as { type: string; text?: string }[];
  expect(texts.map(({ text }) => text ?? '').join('')).toBe('first\nsecond\n');
  expect(events.at(0)).toMatchObject({ event: 'on_tool_start' });
  expect(events.at(-1)).toMatchObject({ event: 'on_tool_end' });
});

describe('partial output', () => {
  const CODE = 'import time\nprint("first", flush=True)\ntime.sleep(0.3)\nprint("second")';
  const agent = (): ReturnType<typeof createAgent> =>
    createAgent({
      model: fakeModel()
        .respondWithTools([call(CODE)])
        .respond(new AIMessage('done')),
      tools: [codeTool(executor)],
    });
  const input = { messages: [new HumanMessage('go')] };
  const textOf = (chunks: readonly unknown[]): string =>
    (chunks as CodeToolChunk[]).map((chunk) => (chunk.type === 'stdout' ? chunk.text : '')).join('');

  test("arrives in streamMode 'custom' with the name of the tool and the id of the call", async () => {
    const chunks: unknown[] = await Array.fromAsync(await agent().stream(input, { streamMode: 'custom' }));
    expect(chunks).toContainEqual({ type: 'stdout', text: expect.stringMatching(/^first/), tool: 'run_code', toolCallId: 'call-1' });
    expect(textOf(chunks)).toBe('first\nsecond\n');
  });

  test('arrives as custom events before the tool ends', async () => {
    const events = await Array.fromAsync(agent().streamEvents(input, { version: 'v2' }));
    const custom = events.filter(({ event, name }) => event === 'on_custom_event' && name === 'run_code');
    expect(textOf(custom.map(({ data }) => data))).toBe('first\nsecond\n');
    expect(events.findIndex(({ event }) => event === 'on_custom_event')).toBeLessThan(
      events.findIndex(({ event }) => event === 'on_tool_end'),
    );
  });
});

test('a description is added to the description of the executor', () => {
  expect(codeTool(executor, { description: 'Numbers are in data.csv.' }).description).toMatch(/^Runs code .* Numbers are in data\.csv\.$/);
});

describe('in an agent', () => {
  test('a failure reaches the model, which corrects its code', async () => {
    const model = fakeModel()
      .respondWithTools([call('print(undefined_name)')])
      .respondWithTools([{ ...call('print("fixed")'), id: 'call-2' }])
      .respond(new AIMessage('it works'));
    const { messages } = await createAgent({ model, tools: [codeTool(executor)] }).invoke({ messages: [new HumanMessage('go')] });
    const answers = messages.filter((message) => ToolMessage.isInstance(message));
    expect(answers.map(({ status }) => status)).toEqual(['error', 'success']);
    expect(String(answers[0]?.content)).toContain('NameError');
    expect(messages.at(-1)?.content).toBe('it works');
  });

  test('wrong arguments are a message with status error and run nothing', async () => {
    const model = fakeModel()
      .respondWithTools([{ name: 'run_code', args: { code: 1, language: 'cobol' }, id: 'call-1' }])
      .respond(new AIMessage('sorry'));
    const { messages } = await createAgent({ model, tools: [codeTool(executor)] }).invoke({ messages: [new HumanMessage('go')] });
    expect(messages.find((message) => ToolMessage.isInstance(message))).toMatchObject({ status: 'error' });
    expect(messages.at(-1)?.content).toBe('sorry');
  });

  test('an unknown argument is rejected by name and runs nothing', async () => {
    const tool = codeTool(executor);
    expect(convertToOpenAITool(tool)).toMatchObject({ function: { parameters: { additionalProperties: false } } });
    const model = fakeModel()
      .respondWithTools([{ name: 'run_code', args: { code: 'open("unknown", "w")', timeout: 5 }, id: 'call-1' }])
      .respond(new AIMessage('sorry'));
    const { messages } = await createAgent({ model, tools: [tool] }).invoke({ messages: [new HumanMessage('go')] });
    const refusal = messages.find((message) => ToolMessage.isInstance(message));
    expect(refusal?.text).toContain('Unknown argument "timeout": expected only code, language');
    expect(refusal?.text).not.toMatch(/node_modules|\.js:/);
    expect(await executor.files.stat({ path: 'unknown' })).toBeNull();
  });

  test('an abort rejects the call with its reason and kills the code', async () => {
    await executor.files.deleteFile({ path: 'beat.txt' });
    const controller = new AbortController();
    const model = fakeModel().respondWithTools([call(FOREVER)]);
    const running = createAgent({ model, tools: [codeTool(executor)] }).invoke(
      { messages: [new HumanMessage('go')] },
      { signal: controller.signal },
    );
    const rejection = expect(running).rejects.toThrow(/abort/i);
    await expect.poll(beats, { timeout: 30_000 }).toBeGreaterThan(0);
    controller.abort();
    await rejection;
    await expect.poll(isQuiet, { timeout: 30_000 }).toBe(true);
    expect((await executor.runCode('print("usable")')).stdout).toBe('usable\n');
  });
});

test('leaving the stream of an agent kills the code', async () => {
  await executor.files.deleteFile({ path: 'beat.txt' });
  const agent = createAgent({ model: fakeModel().respondWithTools([call(FOREVER)]), tools: [codeTool(executor)] });
  const stream = await agent.stream({ messages: [new HumanMessage('go')] }, { streamMode: 'tools' });
  for await (const event of stream) if (event.event === 'on_tool_event' && (event.data as CodeToolEvent).type === 'stdout') break;
  await expect.poll(isQuiet, { timeout: 30_000 }).toBe(true);
});

test('the signal of a direct call kills the code, which LangChain would leave running', async () => {
  await executor.files.deleteFile({ path: 'beat.txt' });
  const controller = new AbortController();
  const running = codeTool(executor).invoke(call(FOREVER), { signal: controller.signal });
  const rejection = expect(running).rejects.toThrow('enough');
  await expect.poll(beats, { timeout: 30_000 }).toBeGreaterThan(0);
  controller.abort(new Error('enough'));
  await rejection;
  expect(await isQuiet()).toBe(true);
});

test('a platform that cannot start is reported to the model with advice', async () => {
  const broken = new EmbeddedCommandLineCodeExecutor({ startTimeoutMs: 1 });
  const message = await codeTool(broken).invoke(call('print(1)'));
  expect(message).toMatchObject({ status: 'error' });
  expect(String((message as ToolMessage).content)).toContain('start-timeout');
});
