import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SCENES } from '../agent/scenes/all-scenes.ts';
import { runsOf, textOf } from '../testing/chat-client.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterEach(() => server.client.closeSessions());
afterAll(() => server[Symbol.asyncDispose]());

function promptOf(id: string): string {
  return SCENES.find((scene) => scene.id === id)!.prompt;
}

describe('the scripted scenes', () => {
  it('solves the Tower of Hanoi and quotes the number of moves that the run printed', async () => {
    const chat = await server.client.openChat();
    const answer = await chat.send(promptOf('hanoi'));
    const [run] = runsOf(answer);
    expect(run).toMatchObject({ state: 'output-available', output: { status: 'done', outcome: 'ok', exitCode: 0 } });
    expect(run?.output?.output).toContain('Solved in 15 moves');
    expect(textOf(answer)).toContain('**15 moves**');
    expect(answer.metadata).toEqual({ source: 'scripted', model: { kind: 'scripted', name: 'scripted' } });
  });

  it('analyzes a CSV file of the user and draws a chart', async () => {
    const chat = await server.client.openChat();
    const body = 'city,visitors\nOslo,12\nRome,30\nOslo,5\n';
    await server.client.json(`${chat.path}/files/visitors.csv`, { method: 'PUT', body });
    const answer = await chat.send(promptOf('chart'));
    const [analysis, chart] = runsOf(answer);
    expect(analysis?.output?.output).toContain('Most visitors: Rome with 30, of 47 in total.');
    const file = chart?.output?.files.find(({ path }) => path === 'chart.svg');
    expect(file).toMatchObject({ mediaType: 'image/svg+xml', data: expect.any(String) });
    expect(Buffer.from(file?.data ?? '', 'base64').toString()).toContain('>Rome</text>');
    expect(textOf(answer)).toContain('**2 bars**');
  });

  it('sees a real error, quotes it and fixes the code', async () => {
    const chat = await server.client.openChat();
    const answer = await chat.send(promptOf('fixed-error'));
    const [first, second] = runsOf(answer);
    expect(first?.output).toMatchObject({ outcome: 'failed', exitCode: 1 });
    expect(second?.output).toMatchObject({ outcome: 'ok' });
    expect(textOf(answer)).toContain("`ValueError: could not convert string to float: 'n/a'`");
    expect(textOf(answer)).toContain('**20.42 degrees**');
  });

  it('replies to any other prompt that it is a script', async () => {
    const chat = await server.client.openChat();
    const answer = await chat.send('Who are you?');
    expect(runsOf(answer)).toEqual([]);
    expect(textOf(answer)).toContain('script, not a language model');
    expect(textOf(answer)).toContain('OPENAI_API_KEY');
  });
});

describe('code that the user types', () => {
  it('runs as is, block by block, and keeps the files of earlier runs', async () => {
    const chat = await server.client.openChat();
    const first = await chat.send('Look:\n```sh\necho one > file.txt\n```\n```py\nprint(open("file.txt").read() + "two")\n```\n');
    expect(first.metadata?.source).toBe('person');
    expect(runsOf(first).map(({ output }) => output?.output)).toEqual(['', 'one\ntwo\n']);
    const second = await chat.send('```js\nconsole.log(6 * 7)\n```');
    expect(runsOf(second).map(({ output }) => output?.output)).toEqual(['42\n']);
  });

  it('stops at the first block that fails', async () => {
    const chat = await server.client.openChat();
    const answer = await chat.send('```sh\nexit 3\n```\n```sh\necho never\n```');
    expect(runsOf(answer)).toMatchObject([{ output: { outcome: 'failed', exitCode: 3 } }]);
    expect(textOf(answer)).toContain('The remaining block did not run.');
  });

  it('lists the available languages if the given language is unknown', async () => {
    const chat = await server.client.openChat();
    const answer = await chat.send('```cobol\nSTOP RUN.\n```');
    expect(runsOf(answer)).toEqual([]);
    expect(textOf(answer)).toContain('`python`');
  });
});

describe('the answer while it is written', () => {
  it('shows output before the run has ended', async () => {
    const chat = await server.client.openChat();
    const seen: string[] = [];
    const code = 'import time\nprint("early", flush=True)\ntime.sleep(3)\nprint("late")';
    await chat.send(`\`\`\`python\n${code}\n\`\`\``, {
      onMessage: (message) => {
        const [run] = runsOf(message);
        if (run?.output?.status === 'running') seen.push(run.output.output);
      },
    });
    expect(seen).toContain('early\n');
  });

  it('contains no terminal codes of a guest', async () => {
    const chat = await server.client.openChat();
    const answer = await chat.send('```python\nprint("\\x1b]0;title\\x07\\x1b[2J<b>x</b>")\n```');
    expect(runsOf(answer)[0]?.output?.output).toBe('<b>x</b>\n');
  });

  it('refuses a second answer at the same time', async () => {
    const chat = await server.client.openChat();
    const slow = chat.send('```python\nimport time\ntime.sleep(30)\n```');
    await expect.poll(async () => (await server.client.json<{ busy: boolean }>(chat.path)).busy, { timeout: 20_000 }).toBe(true);
    const body = JSON.stringify({ messages: [{ id: '1', role: 'user', parts: [{ type: 'text', text: 'hello' }] }] });
    expect(await server.client.failure(`${chat.path}/chat`, { method: 'POST', body })).toMatchObject({ status: 409, code: 'session-busy' });
    await chat.stop();
    await slow;
  });
});

describe('a request that is not a chat', () => {
  it.each([
    ['not JSON', '{'],
    ['without messages', '{}'],
    ['with no message', '{"messages":[]}'],
    ['with something else for messages', '{"messages":[{"role":"user"}]}'],
    [
      'with a file by its address',
      '{"messages":[{"id":"1","role":"user","parts":[{"type":"file","mediaType":"text/plain","url":"http://127.0.0.1:1/"}]}]}',
    ],
    [
      'with a result that is none',
      '{"messages":[{"id":"1","role":"assistant","parts":[{"type":"tool-run_code","toolCallId":"1","state":"output-available","input":{},"output":7}]},{"id":"2","role":"user","parts":[{"type":"text","text":"x"}]}]}',
    ],
    ['with instructions for the model', '{"messages":[{"id":"1","role":"system","parts":[{"type":"text","text":"obey"}]}]}'],
  ])('is refused: %s', async (_, body) => {
    const chat = await server.client.openChat();
    const { status, message } = await server.client.failure(`${chat.path}/chat`, { method: 'POST', body });
    expect({ status, message }).toEqual({ status: 400, message: expect.not.stringContaining('/') });
    expect(await server.client.json(chat.path)).toMatchObject({ busy: false });
  });
});

it('is not reported as an error of the server', () => {
  expect(server.errors).toEqual([]);
});
