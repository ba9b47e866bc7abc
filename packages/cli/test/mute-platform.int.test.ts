import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { endOf, startCli } from './cli-process.ts';
import { TemporaryDirectory } from './temporary-directory.ts';

describe('at a daemon or API server that takes calls and never answers', () => {
  let directory: TemporaryDirectory;
  let server: Server;
  let env: Readonly<Record<string, string>>;
  let child: ReturnType<typeof startCli> | undefined;

  beforeEach(async () => {
    server = createServer(() => {}).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    directory = await TemporaryDirectory.with({ kubeconfig: kubeconfig(port) });
    env = { DOCKER_HOST: `tcp://127.0.0.1:${port}`, KUBECONFIG: join(directory.path, 'kubeconfig') };
  });
  afterEach(async () => {
    child?.kill('SIGKILL');
    server.close();
    await directory[Symbol.asyncDispose]();
  });

  it.each([
    ['doctor', '--on', 'docker'],
    ['doctor', '--on', 'docker', '--json'],
    ['sweep', '--on', 'docker'],
    ['sweep', '--on', 'pod'],
    ['list', '--on', 'docker'],
    ['list', '--on', 'pod'],
    ['extend', '--on', 'docker', 'x', '--for', '30m'],
  ])('%s %s %s ends with 130 at Ctrl-C', async (...argv) => {
    child = startCli(argv, { env });
    const ended = endOf(child);
    await once(server, 'connection');
    child.kill('SIGINT');
    const { exitCode, stdout, stderr } = await ended;
    expect(exitCode).toBe(130);
    expect(stdout + stderr).toContain('Interrupted by SIGINT.');
  });
});

function kubeconfig(port: number): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'mute', cluster: { server: `http://127.0.0.1:${port}` } }],
    users: [{ name: 'nobody', user: {} }],
    contexts: [{ name: 'mute', context: { cluster: 'mute', user: 'nobody' } }],
    'current-context': 'mute',
  });
}
