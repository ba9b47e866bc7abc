import { Client, InMemoryTransport } from '@modelcontextprotocol/client';
import { createProvider } from '@sandpod/sandpod';
import { expect, test } from 'vitest';
import { createMcpServer } from '../src/mcp/index.ts';
import { testMcpBackend } from './mcp-backend-suite.ts';

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
