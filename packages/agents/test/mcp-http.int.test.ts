import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AnyClient, connectHttp, KINDS, startHttp, type TestHttpServer } from './mcp-http-client.ts';

const MiB = 1024 * 1024;

let server: TestHttpServer;
beforeAll(async () => {
  server = await startHttp();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  expect(server.errors).toEqual([]);
});

describe.each(KINDS)('a session of the %s over HTTP', (kind) => {
  const name = `own-${KINDS.indexOf(kind)}`;
  let client: AnyClient;
  beforeAll(async () => {
    client = await connectHttp(server, kind, { name });
  });
  afterAll(() => client?.[Symbol.asyncDispose]());

  test('lists no resources and starts nothing until the first call', async () => {
    expect(await client.list()).toEqual([]);
    expect(client.instructions()).toContain('sandbox:///PATH');
    expect(client.instructions()).toContain(`http://127.0.0.1:${server.port}/files/${client.sessionId() ?? name}/PATH`);
  });

  test('runs code, keeps files, and links to the files that the code wrote', async () => {
    const made = await client.call('run_code', { code: 'print(6 * 7); open("ü a.csv", "w").write("a,b")' });
    expect(made).toMatchObject({ structuredContent: { outcome: 'ok', stdout: '42\n' } });
    expect(made.content).toContainEqual({
      type: 'resource_link',
      uri: 'sandbox:///%C3%BC%20a.csv',
      name: 'ü a.csv',
      mimeType: 'text/csv',
      size: 3,
    });
    expect(await client.read('sandbox:///%C3%BC%20a.csv')).toMatchObject({ text: 'a,b', mimeType: 'text/csv' });
    expect((await client.list()).map(({ uri }) => uri)).toEqual(['sandbox:///%C3%BC%20a.csv']);
  });

  test('reports progress', async () => {
    const heard: string[] = [];
    const onprogress = ({ message = '' }): unknown => heard.push(message);
    await client.call(
      'run_code',
      { code: 'import time\nfor n in range(3): print("step", n, flush=True); time.sleep(0.2)' },
      { onprogress },
    );
    expect(heard.join('')).toMatch(/step 0[\s\S]*step 2/);
  });

  test('cancels a call, which kills its code', async () => {
    const controller = new AbortController();
    const begun = Promise.withResolvers<void>();
    const code = 'import time\nprint("begun", flush=True)\nfor n in range(600): time.sleep(0.05); open("beat.txt", "a").write("x")';
    const running = client.call('run_code', { code }, { signal: controller.signal, onprogress: () => begun.resolve() });
    const ended = expect(running).rejects.toThrow();
    await begun.promise;
    controller.abort('enough');
    await ended;
    // The next call waits in the queue until the cancelled call has ended, which takes 30 s if nothing kills its code.
    const started = performance.now();
    expect(await client.call('run_code', { code: 'print("next")' })).toMatchObject({ structuredContent: { stdout: 'next\n' } });
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  test('transfers a large file in parts', async () => {
    const part = Buffer.alloc(3 * MiB, 'abcdefg').toString('base64');
    for (const offset of [0, 3 * MiB, 6 * MiB])
      expect(await client.call('write_file', { path: '/workspace/big.bin', content: part, encoding: 'base64', offset })).toMatchObject({
        structuredContent: { path: 'big.bin', size: offset + 3 * MiB },
      });
    await expect(client.read('sandbox:///big.bin')).rejects.toThrow(/9437184 bytes.*offset=0/);
    const [first, second] = [
      await client.read('sandbox:///big.bin?length=4194304'),
      await client.read('sandbox:///big.bin?offset=4194304'),
    ];
    const read = Buffer.concat([first, second].map(({ blob = '' }) => Buffer.from(blob, 'base64')));
    expect(read.equals(Buffer.concat(Array.from({ length: 3 }, () => Buffer.from(part, 'base64'))))).toBe(true);
    expect(await client.call('write_file', { path: 'big.bin', content: 'x', offset: 10 * MiB })).toMatchObject({ isError: true });
    expect(await client.call('run_command', { command: 'wc -c < big.bin' })).toMatchObject({
      structuredContent: { stdout: expect.stringContaining('9437184') },
    });
  });
});

test.each(KINDS)('a %s asks its user before code runs', async (kind) => {
  await using asking = await startHttp({ approve: true });
  const questions: string[] = [];
  const answers = [true, false];
  const onQuestion = (message: string): { action: 'accept'; content: { approve: boolean } } => {
    questions.push(message);
    return { action: 'accept', content: { approve: answers.shift() === true } };
  };
  await using client = await connectHttp(asking, kind, { onQuestion });
  expect(await client.call('run_code', { code: 'print("yes")' })).toMatchObject({ structuredContent: { stdout: 'yes\n' } });
  expect(await client.call('run_code', { code: 'print("no")' })).toMatchObject({ isError: true });
  expect(questions).toEqual([expect.stringContaining('print("yes")'), expect.stringContaining('print("no")')]);
  await using mute = await connectHttp(asking, kind);
  const outcome = await mute.call('run_code', { code: 'print("never")' }).then(
    ({ isError }) => (isError ? 'failed' : 'ran'),
    ({ message }: Error) => message,
  );
  expect(outcome).toMatch(/^failed$|capabilit/);
});
