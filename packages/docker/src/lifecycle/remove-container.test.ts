import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import Docker from 'dockerode';
import { expect, test } from 'vitest';
import { removeSoon } from './remove-container.ts';

test('a daemon that does not answer does not hold up the removal of a sandbox', async () => {
  const server = createServer(() => {}).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const docker = new Docker({ host: '127.0.0.1', port: (server.address() as AddressInfo).port, protocol: 'http' });
  await expect(removeSoon(docker.getContainer('abcdefabcdefabcdef'), 50)).rejects.toMatchObject({
    code: 'transport',
    message: 'The Docker daemon did not confirm the removal of the container abcdefabcdef within 50 ms.',
  });
  server.close();
});
