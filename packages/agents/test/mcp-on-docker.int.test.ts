import { createExecutor } from '@sandpod/sandpod';
import { expect, test } from 'vitest';
import { testMcpBackend } from './mcp-backend-suite.ts';
import { connectHttp, startHttp } from './mcp-http-client.ts';

testMcpBackend({ name: 'docker', env: {} });

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
