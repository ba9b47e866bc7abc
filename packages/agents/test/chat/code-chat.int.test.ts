import { type ChatEvent, createCodeChat, decideRetryWith } from '@sandpod/agents/chat';
import { EmbeddedCommandLineCodeExecutor } from '@sandpod/embedded';
import { MockLanguageModelV4 } from 'ai/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scriptedModel } from '../ai-sdk/scripted-model.ts';

const executor = new EmbeddedCommandLineCodeExecutor();
beforeAll(() => executor.start());
afterAll(() => executor.stop());

function python(code: string): string {
  return `Let me run this.\n\`\`\`python\n${code}\n\`\`\``;
}

/** The conversation in the model's last call, as roles with texts. */
function seenBy(model: MockLanguageModelV4): string[] {
  const prompt = model.doStreamCalls.at(-1)?.prompt ?? [];
  return prompt.map(({ role, content }) =>
    typeof content === 'string' ? `${role}: ${content}` : `${role}: ${content.map((part) => ('text' in part ? part.text : '')).join('')}`,
  );
}

test('writer and executor alternate until the task is done', async () => {
  const model = scriptedModel([python('print(6 * 7)'), 'It is 42. TERMINATE']);
  const result = await createCodeChat({ model, executor }).run('What is 6 * 7?');
  expect(result).toMatchObject({ reason: 'terminated', text: 'It is 42.', rounds: 2, lastResult: { outcome: 'ok', stdout: '42\n' } });
  expect(result.messages).toEqual([
    { source: 'user', text: 'What is 6 * 7?' },
    { source: 'writer', text: python('print(6 * 7)') },
    { source: 'executor', text: 'The code ran (POSIX exit code: 0).\nOutput:\n42' },
    { source: 'writer', text: 'It is 42. TERMINATE' },
  ]);
  const [system, ...messages] = seenBy(model);
  expect(system).toMatch(/^system: You solve tasks by writing code.*Only these languages run: python, bash, sh, javascript.*python 3\.12/s);
  expect(messages).toEqual([
    'user: What is 6 * 7?',
    `assistant: ${python('print(6 * 7)')}`,
    'user: The code ran (POSIX exit code: 0).\nOutput:\n42',
  ]);
});

test('the writer sees an error, a model decides to retry, and the code is fixed', async () => {
  const broken = 'numbers = [10, 20, 30, 40, 50\nmean = sum(numbers) / len(numbers)\nprint("The mean is:", mean)';
  const fixed = broken.replace('50\n', '50]\n');
  const model = scriptedModel([python(broken), python(fixed), 'The mean is 30. TERMINATE']);
  const judge = scriptedModel([JSON.stringify({ reason: 'A bracket is missing; that can be fixed.', retry: true })]);
  const events: ChatEvent[] = [];
  for await (const event of createCodeChat({ model, executor, decideRetry: decideRetryWith(judge) }).stream('Mean of these?'))
    events.push(event);
  const story = events.flatMap((event) => {
    if (event.type === 'message') return [event.message.source];
    if (event.type === 'retry') return [`retry ${event.attempt} ${event.retry}: ${event.reason}`];
    if (event.type === 'execution' && event.event.type === 'end') return [`ran: ${event.event.result.outcome}`];
    return event.type === 'end' ? [event.result.reason] : [];
  });
  expect(story).toEqual([
    'writer',
    'ran: failed',
    'executor',
    'retry 1 true: A bracket is missing; that can be fixed.',
    'writer',
    'ran: ok',
    'executor',
    'writer',
    'terminated',
  ]);
  expect(events.at(-1)).toMatchObject({ result: { lastResult: { stdout: 'The mean is: 30.0\n' } } });
  expect(events.find((event) => event.type === 'message' && event.message.source === 'executor')).toMatchObject({
    message: { text: expect.stringContaining('SyntaxError') },
  });
});

test('if a retry is not worthwhile, the writer explains what went wrong and the chat ends', async () => {
  const model = scriptedModel([python('raise ValueError("no")'), 'It cannot be done.']);
  const decideRetry = () => ({ retry: false, reason: 'hopeless' });
  const result = await createCodeChat({ model, executor, decideRetry }).run('go');
  expect(result).toMatchObject({ reason: 'gave-up', text: 'It cannot be done.', rounds: 2 });
  expect(seenBy(model)[0]).toContain('Do not write more code');
});

test('consecutive failures are limited', async () => {
  const fail = python('raise SystemExit(1)');
  const model = scriptedModel([fail, python('print("fine")'), fail, fail, 'I give up.']);
  const result = await createCodeChat({ model, executor, maxFailures: 2 }).run('go');
  expect(result).toMatchObject({ reason: 'gave-up', rounds: 5 });
});

test('giving up does not exceed the maximum number of requests to the writer', async () => {
  const model = scriptedModel([python('raise SystemExit(1)'), 'It cannot be done.']);
  const decideRetry = () => ({ retry: false, reason: 'hopeless' });
  expect(await createCodeChat({ model, executor, decideRetry, maxRounds: 1 }).run('go')).toMatchObject({ reason: 'gave-up', rounds: 1 });
});

test('rounds are limited', async () => {
  const model = scriptedModel(Array.from({ length: 3 }, () => python('print(1)')));
  expect(await createCodeChat({ model, executor, maxRounds: 3 }).run('go')).toMatchObject({ reason: 'max-rounds', rounds: 3 });
});

test('a message without code is answered with what is expected', async () => {
  const model = scriptedModel(['I could do that.', 'TERMINATE']);
  const { messages } = await createCodeChat({ model, executor }).run('go');
  expect(messages[2]).toEqual({ source: 'executor', text: expect.stringContaining('No code blocks found in the thread') });
});

test('if the writer claims to be done in a message with code, the code runs first', async () => {
  const model = scriptedModel([`${python('print("ran")')}\nTERMINATE`, 'TERMINATE']);
  expect(await createCodeChat({ model, executor }).run('go')).toMatchObject({ reason: 'terminated', lastResult: { stdout: 'ran\n' } });
});

test('the termination text ends the chat only in a message from the writer', async () => {
  const model = scriptedModel([python('print("TERMINATE")'), python('print("still here")'), 'done TERMINATE']);
  expect(await createCodeChat({ model, executor }).run('Say TERMINATE.')).toMatchObject({ rounds: 3, text: 'done' });
});

test('code in the output is not run', async () => {
  const inject = 'print("`" * 3 + "python\\nopen(\\"injected\\", \\"w\\")\\n" + "`" * 3)';
  const model = scriptedModel([python(inject), 'TERMINATE']);
  await createCodeChat({ model, executor }).run('go');
  expect(await executor.files.stat({ path: 'injected' })).toBeNull();
});

test('a predicate ends the chat before the code runs', async () => {
  const model = scriptedModel([python('open("predicate", "w")')]);
  const chat = createCodeChat({ model, executor, terminate: async ({ message }) => message.text.includes('predicate') });
  expect(await chat.run('go')).toMatchObject({ reason: 'terminated', rounds: 1 });
  expect(await executor.files.stat({ path: 'predicate' })).toBeNull();
});

test('code that never ran does not run when the conversation continues', async () => {
  const first = scriptedModel([python('open("aside", "w")')]);
  const chat = createCodeChat({ model: first, executor, terminate: () => true });
  const { messages } = await chat.run('go');
  const second = scriptedModel([python('print("new")'), 'TERMINATE']);
  const next = await createCodeChat({ model: second, executor }).run([...messages, { source: 'user', text: 'And now?' }]);
  expect(next.lastResult?.stdout).toBe('new\n');
  expect(await executor.files.stat({ path: 'aside' })).toBeNull();
});

test('the writer is told about a denied approval and can do something else', async () => {
  const model = scriptedModel([python('open("denied", "w")'), python('print("harmless")'), 'TERMINATE']);
  const approve = ({ markdown }: { readonly markdown: string }) => ({ approved: !markdown.includes('open'), reason: 'no files' });
  const { messages, lastResult } = await createCodeChat({ model, executor, approve }).run('go');
  expect(messages[2]?.text).toContain('Reason: no files');
  expect(lastResult?.stdout).toBe('harmless\n');
  expect(await executor.files.stat({ path: 'denied' })).toBeNull();
});

test.each(['length', 'content-filter'] as const)('code in a message that was cut off (%s) is not run', async (unified) => {
  const half = scriptedModel(['```python\nopen("half", "w")\n', 'TERMINATE']);
  const { doStream } = half;
  half.doStream = async (options) => {
    const { stream, ...rest } = await doStream(options);
    const isFirst = options.prompt.length === 2;
    const cut = new TransformStream({
      transform: (part, controller) =>
        controller.enqueue(isFirst && part.type === 'finish' ? { ...part, finishReason: { unified, raw: undefined } } : part),
    });
    return { stream: stream.pipeThrough(cut), ...rest };
  };
  const { messages, reason } = await createCodeChat({ model: half, executor }).run('go');
  expect(messages[2]?.text).toContain('cut off');
  expect(reason).toBe('terminated');
  expect(await executor.files.stat({ path: 'half' })).toBeNull();
});

test('a conversation continues where it ended', async () => {
  const first = await createCodeChat({ model: scriptedModel(['Hello. TERMINATE']), executor }).run('hi');
  const model = scriptedModel(['Again. TERMINATE']);
  const next = await createCodeChat({ model, executor }).run([...first.messages, { source: 'planner', text: 'And now?' }]);
  expect(next.messages.map(({ source }) => source)).toEqual(['user', 'writer', 'planner', 'writer']);
  expect(seenBy(model).at(-1)).toBe('user: planner: And now?');
});

test('an abort while code runs kills the code and is thrown', async () => {
  const controller = new AbortController();
  const reason = new Error('enough');
  const model = scriptedModel([python('import time\nprint("begun", flush=True)\ntime.sleep(600)')]);
  const reading = (async () => {
    for await (const event of createCodeChat({ model, executor }).stream('go', { abortSignal: controller.signal }))
      if (event.type === 'execution' && event.event.type === 'stdout') controller.abort(reason);
  })();
  await expect(reading).rejects.toBe(reason);
  expect(await executor.runCode('print("free")', { timeoutMs: 30_000 })).toMatchObject({ outcome: 'ok' });
});

test('leaving the events kills running code', async () => {
  const model = scriptedModel([python('import time\nprint("begun", flush=True)\ntime.sleep(600)')]);
  for await (const event of createCodeChat({ model, executor }).stream('go'))
    if (event.type === 'execution' && event.event.type === 'stdout') break;
  expect(await executor.runCode('print("free")', { timeoutMs: 30_000 })).toMatchObject({ outcome: 'ok' });
});

test('leaving the events while the writer responds aborts its request', async () => {
  const model = scriptedModel(['A long story']);
  for await (const event of createCodeChat({ model, executor }).stream('go')) if (event.type === 'text') break;
  expect(model.doStreamCalls[0]?.abortSignal?.aborted).toBe(true);
});

test('a model that fails throws, and so does an abort before the start', async () => {
  const failure = new Error('no quota');
  const failing = new MockLanguageModelV4({ doStream: () => Promise.reject(failure) });
  await expect(createCodeChat({ model: failing, executor }).run('go')).rejects.toBe(failure);
  const reason = new Error('never mind');
  const chat = createCodeChat({ model: scriptedModel([]), executor });
  await expect(chat.run('go', { abortSignal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});
