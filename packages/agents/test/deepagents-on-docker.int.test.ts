import { createProvider } from '@sandpod/sandpod';
import { expect, test } from 'vitest';
import { toDeepAgentsBackend } from '../src/deepagents/index.ts';
import { testDeepAgentsBackend } from './deepagents/deepagents-suite.ts';

const gnu = await createProvider('docker', { image: 'testbed/polyglot:1' });
const busybox = await createProvider('docker', { image: 'testbed/busybox:1' });

testDeepAgentsBackend({ name: 'docker with GNU tools', provider: () => gnu });
testDeepAgentsBackend({ name: 'docker with busybox', provider: () => busybox });

test('denied reads and writes are reported as permission errors', async () => {
  await using sandbox = await gnu.create();
  const backend = toDeepAgentsBackend(sandbox);
  expect(await backend.uploadFiles([['/etc/sandpod.conf', new Uint8Array([1])]])).toMatchObject([{ error: 'permission_denied' }]);
  expect(await backend.downloadFiles(['/etc/shadow'])).toMatchObject([{ error: 'permission_denied' }]);
});

test('a tool whose command was ended reports an error, not that nothing was found', async () => {
  await using sandbox = await gnu.create();
  const at = (path: string): string => `${sandbox.workspace}/${path}`;
  for (const name of ['awk', 'find', 'grep', 'rm'])
    await sandbox.writeTextFile({ path: `bin/${name}`, content: '#!/bin/sh\nexec /bin/sleep 60\n' });
  await sandbox.writeTextFile({ path: 'found.txt', content: 'found' });
  await toDeepAgentsBackend(sandbox).execute('chmod +x bin/*');
  const hasty = toDeepAgentsBackend(sandbox, { timeoutMs: 500, env: { PATH: `${at('bin')}:/bin:/usr/bin` } });
  const tools = [
    hasty.ls(at('.')),
    hasty.glob('*', at('.')),
    hasty.grep('found', at('.')),
    hasty.read(at('found.txt')),
    hasty.delete(at('bin')),
  ];
  for (const { error } of await Promise.all(tools)) expect(error).toMatch(/did not finish.* 500 ms/);
});
