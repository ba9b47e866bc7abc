import { Client, InMemoryTransport } from '@modelcontextprotocol/client';
import { createExecutor, createProvider } from '@sandpod/sandpod';
import { expect, test } from 'vitest';
import { createMcpServer } from '../src/mcp/index.ts';
import { testMcpBackend } from './mcp-backend-suite.ts';
import { connectHttp, startHttp } from './mcp-http-client.ts';

testMcpBackend({ name: 'docker', env: {} });

/** Stops every process of the same user, among them each shell that reads files for the host. */
const STOP_OTHERS = `
import os, signal, time
me = os.getpid()
end = time.time() + 40
while time.time() < end:
    for name in os.listdir('/proc'):
        if name.isdigit() and int(name) not in (1, me):
            try:
                os.kill(int(name), signal.SIGSTOP)
            except OSError:
                pass
`;

/** Changes `a` between a file and a pipe. */
const FLIP = `
import os, time
end = time.time() + 40
while time.time() < end:
    os.mkfifo('pipe')
    os.rename('pipe', 'a')
    open('file', 'w').write('hello')
    os.rename('file', 'a')
`;

test.each([
  ['stops the processes of the sandbox', STOP_OTHERS],
  ['changes a file into a pipe and back', FLIP],
])('a guest that %s does not hold up the calls', { timeout: 120_000 }, async (_, program) => {
  const provider = await createProvider('docker', { image: 'testbed/polyglot:1' });
  await using sandbox = await provider.create();
  const [near, far] = InMemoryTransport.createLinkedPair();
  const client = new Client({ name: 'test', version: '1' });
  await Promise.all([createMcpServer({ sandbox, timeoutMs: 2_000 }).connect(far), client.connect(near)]);
  await sandbox.writeTextFile({ path: 'a', content: 'hello' });
  await sandbox.writeTextFile({ path: 'hostile.py', content: program });
  await sandbox.spawn({ argv: ['python3', 'hostile.py'] });
  const startMs = performance.now();
  const calls = [
    client.callTool({ name: 'list_files', arguments: {} }),
    client.callTool({ name: 'write_file', arguments: { path: 'b', content: 'hello' } }),
    client.callTool({ name: 'read_file', arguments: { path: 'a' } }),
  ];
  for (const { content } of await Promise.all(calls)) expect(content).toMatchObject([{ type: 'text' }]);
  // Four operations of at most 2 s. Without a time limit of the server, one operation would take 60 s.
  expect(performance.now() - startMs).toBeLessThan(30_000);
});

const MiB = 1024 * 1024;

test('over HTTP on docker, sessions have their own container, and a file of 64 MiB goes in and out', { timeout: 120_000 }, async () => {
  await using server = await startHttp({ createExecutor: () => createExecutor('docker', { image: 'testbed/polyglot:1' }) });
  await using old = await connectHttp(server, 'old client');
  await using other = await connectHttp(server, 'new client');
  const [first, second] = await Promise.all([old, other].map((client) => client.call('run_command', { command: 'cat /etc/hostname' })));
  expect(first?.structuredContent['stdout']).not.toBe(second?.structuredContent['stdout']);
  const url = new URL(`/files/${old.sessionId()}/big.bin`, server.url);
  const authorization = `Bearer ${server.token}`;
  const chunks = Array.from({ length: 64 }, () => Buffer.alloc(MiB, 'z'));
  const body = ReadableStream.from(chunks) as ReadableStream<Uint8Array<ArrayBuffer>>;
  expect((await fetch(url, { method: 'PUT', body, headers: { authorization }, duplex: 'half' } as RequestInit)).status).toBe(201);
  expect((await (await fetch(url, { headers: { authorization } })).bytes()).byteLength).toBe(64 * MiB);
  expect(await old.call('write_file', { path: '/workspace/big.bin', content: 'end', offset: 64 * MiB })).toMatchObject({
    structuredContent: { size: 64 * MiB + 3 },
  });
  expect(await old.read(`sandbox:///big.bin?offset=${64 * MiB}`)).toMatchObject({ blob: Buffer.from('end').toString('base64') });
  expect(await other.call('read_file', { path: 'big.bin' })).toMatchObject({ isError: true });
});
