import { createProvider } from '@sandpod/sandpod';
import { expect, test } from 'vitest';
import { toDeepAgentsBackend } from '../src/deepagents/index.ts';
import { testDeepAgentsBackend } from './deepagents-suite.ts';

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
