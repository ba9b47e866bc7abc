import { afterEach, describe, expect, it } from 'vitest';
import type { DemoInfo } from '../api-types.ts';
import { runsOf, textOf } from '../testing/chat-client.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { type StubModelService, type StubReply, startStubModelService } from '../testing/stub-model-service.ts';

const started: AsyncDisposable[] = [];
afterEach(async () => {
  for (const each of started.splice(0).reverse()) await each[Symbol.asyncDispose]();
});

async function serve(
  replies: readonly StubReply[],
  env?: (origin: string) => Record<string, string>,
): Promise<TestServer & { stub: StubModelService }> {
  const stub = await startStubModelService(replies);
  started.push(stub);
  const given = env?.(stub.origin) ?? { OPENAI_BASE_URL: `${stub.origin}/v1`, OPENAI_API_KEY: 'key', OPENAI_MODEL: 'stub-model' };
  const server = await startTestServer({ env: given });
  started.push(server);
  return { ...server, stub };
}

describe('a model of an OpenAI-compatible service', () => {
  it('writes code, reads its result, and tries again', async () => {
    const { client, stub } = await serve([
      { text: 'I try.', code: { code: 'print(1 / 0)' } },
      { text: 'Then so.', code: { code: 'print(6 * 7)', language: 'python' } },
      { text: 'The answer is 42.' },
    ]);
    const chat = await client.openChat();
    const answer = await chat.send('What is six times seven?');
    expect(runsOf(answer).map(({ output }) => output?.outcome)).toEqual(['failed', 'ok']);
    expect(textOf(answer)).toBe('I try.\nThen so.\nThe answer is 42.');
    expect(answer.metadata).toEqual({ source: 'model', model: { kind: 'openai-compatible', name: 'stub-model' } });
    expect(stub.requests.map(({ path, authorization, body }) => [path, authorization, body.model])).toEqual(
      Array(3).fill(['/v1/chat/completions', 'Bearer key', 'stub-model']),
    );
    const results = stub.requests[2]?.body.messages.filter(({ role }) => role === 'tool').map(({ content }) => String(content));
    expect(results?.[0]).toContain('ZeroDivisionError');
    expect(results?.[1]).toContain('42');
    expect(JSON.stringify(stub.requests[0]?.body.tools)).toContain('run_code');
  });

  it('is asked about a fence that contains no code, but not about a fence with code', async () => {
    const { client, stub } = await serve([{ text: 'A table.' }]);
    const chat = await client.openChat();
    const answer = await chat.send('What is this?\n```csv\na,b\n1,2\n```');
    expect({ text: textOf(answer), runs: runsOf(answer) }).toEqual({ text: 'A table.', runs: [] });
    const [run] = runsOf(await chat.send('```sh\necho typed\n```'));
    expect(run?.output?.output).toBe('typed\n');
    expect(stub.requests).toHaveLength(1);
  });

  it('remembers the conversation, with the results of its code', async () => {
    const { client, stub } = await serve([
      { text: '', code: { code: 'print("first result")' } },
      { text: 'Done.' },
      { text: 'As I said.' },
    ]);
    const chat = await client.openChat();
    await chat.send('Begin.');
    await chat.send('And?');
    const texts = JSON.stringify(stub.requests[2]?.body.messages);
    for (const part of ['Begin.', 'first result', 'Done.', 'And?']) expect(texts).toContain(part);
  });

  it('receives the names of images, but not the images as text', async () => {
    const code =
      'import base64\nopen("dot.png", "wb").write(base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg=="))';
    const { client, stub } = await serve([{ text: '', code: { code } }, { text: 'A dot.' }]);
    const chat = await client.openChat();
    const [run] = runsOf(await chat.send('Draw a dot.'));
    expect(run?.output?.files).toMatchObject([{ path: 'dot.png', mediaType: 'image/png', data: expect.any(String) }]);
    const told = stub.requests[1]?.body.messages.find(({ role }) => role === 'tool')?.content;
    expect(told).toContain('"dot.png" (image/png');
    expect(told).not.toContain('iVBOR');
  });

  it('is not asked if the user types code', async () => {
    const { client, stub } = await serve([]);
    const chat = await client.openChat();
    const answer = await chat.send('```sh\necho mine\n```');
    expect(runsOf(answer)[0]?.output?.output).toBe('mine\n');
    expect(answer.metadata?.source).toBe('person');
    expect(stub.requests).toEqual([]);
  });

  it('waits for the approval of its code', async () => {
    const { client, stub } = await serve([{ text: '', code: { code: 'print("approved")' } }, { text: 'Thank you.' }]);
    const chat = await client.openChat({ approval: true });
    const asked = await chat.send('Run it.');
    expect(runsOf(asked)[0]?.state).toBe('approval-requested');
    expect(stub.requests).toHaveLength(1);
    const answer = await chat.decide(true);
    expect(runsOf(answer)[0]?.output?.output).toBe('approved\n');
    expect(textOf(answer)).toContain('Thank you.');
  });
});

describe('a failure of the service', () => {
  it.each<[string, StubReply, RegExp]>([
    ['a refused key', { status: 401, message: 'Incorrect API key provided.' }, /API key/],
    ['an unknown model', { status: 404, message: 'The model does not exist.' }, /name of the model/],
    ['a wrong request', { status: 400, message: 'Unknown parameter.' }, /./],
  ])('is reported with advice: %s', async (_, reply, advice) => {
    const { client } = await serve([reply]);
    const chat = await client.openChat();
    await chat.send('Hello?').catch(() => undefined);
    const [error] = chat.errors;
    expect(error).toMatchObject({ code: 'model-failed', advice: expect.stringMatching(advice) });
    expect(error?.message).toContain('message' in reply ? reply.message : '');
    expect(JSON.stringify(chat.errors)).not.toContain('node_modules');
  });

  it('is reported with advice if the service is unreachable', async () => {
    const { client, errors } = await serve([], () => ({ OLLAMA_BASE_URL: 'http://127.0.0.1:1', OLLAMA_MODEL: 'any' }));
    const chat = await client.openChat();
    await chat.send('Hello?').catch(() => undefined);
    expect(chat.errors).toMatchObject([{ code: 'model-failed', advice: expect.stringContaining('address of the service') }]);
    expect(errors).toEqual([]);
  });
});

it('uses Ollama through its compatible interface', async () => {
  const { client, stub } = await serve([{ text: 'Hello from a llama.' }], (origin) => ({
    OLLAMA_BASE_URL: `${origin}/`,
    OLLAMA_MODEL: 'llama',
  }));
  expect(await client.json<DemoInfo>('/api/info')).toMatchObject({ model: { kind: 'ollama', name: 'llama' } });
  const chat = await client.openChat();
  expect(textOf(await chat.send('Hello?'))).toBe('Hello from a llama.');
  expect(stub.requests[0]).toMatchObject({ path: '/v1/chat/completions', body: { model: 'llama' } });
});
