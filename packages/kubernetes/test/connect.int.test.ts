import type { ByteDuplex } from '@sandpod/core';
import { afterAll, beforeAll, test } from 'vitest';
import { type PodSandbox, PodSandboxProvider } from '../src/index.ts';
import { failureOf, TestNamespace } from './fixtures/test-namespace.ts';

const PORT = 8_123;
/** Answers each connection with what it sends, in capitals, after the end of the request; and closes. */
const SERVER = `import socket
server = socket.create_server(("127.0.0.1", ${PORT}))
while True:
    client, _ = server.accept()
    text = b""
    while chunk := client.recv(65536):
        text += chunk
        if text.endswith(b"\\n"):
            break
    client.sendall(text.upper())
    client.close()
`;

let namespace: TestNamespace;

beforeAll(async () => {
  namespace = await TestNamespace.create('connect');
});
afterAll(() => namespace[Symbol.asyncDispose]());

async function ask(connection: ByteDuplex, text: string): Promise<string> {
  const writer = connection.writable.getWriter();
  await writer.write(Buffer.from(text));
  writer.releaseLock();
  let answer = '';
  for await (const bytes of connection.readable) answer += Buffer.from(bytes).toString('utf8');
  return answer;
}

async function serve(sandbox: PodSandbox): Promise<void> {
  await sandbox.writeTextFile({ path: 'server.py', content: SERVER });
  await sandbox.spawn({ argv: ['python3', 'server.py'] });
}

test.for([
  ['a pod', {}],
  ['a gVisor pod', { runtimeClassName: 'gvisor' }],
] as const)(
  'a port on the loopback of %s is reached while its network is closed',
  { concurrent: true, timeout: 90_000 },
  async ([, options], { expect }) => {
    await using provider = new PodSandboxProvider(namespace.options({ network: 'require-none', ...options }));
    await using sandbox = await provider.create();
    await serve(sandbox);
    for (const text of ['one\n', 'two\n']) {
      await using connection = await sandbox.connect({ port: PORT, waitMs: 20_000 });
      expect(await ask(connection, text)).toBe(text.toUpperCase());
    }
    expect(await failureOf(sandbox.connect({ port: PORT + 1 }))).toMatchObject({ code: 'connection-refused' });
  },
);

test('a port of a pod of another process is reached after attach()', { concurrent: true, timeout: 60_000 }, async ({ expect }) => {
  await using provider = new PodSandboxProvider(namespace.options());
  await using sandbox = await provider.create();
  await serve(sandbox);
  await using other = new PodSandboxProvider(namespace.options());
  const same = await other.attach({ id: sandbox.id });
  await using connection = await same.connect({ port: PORT, waitMs: 20_000 });
  expect(await ask(connection, 'here\n')).toBe('HERE\n');
  await same.detach();
});
