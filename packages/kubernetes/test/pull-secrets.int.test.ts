import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { V1PodList } from '@kubernetes/client-node';
import { PrivateRegistry } from '@sandpod/testkit/private-registry';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RESOURCE } from '../src/client/resources.ts';
import { PodCommandLineCodeExecutor, PodSandboxProvider } from '../src/index.ts';
import { failureOf, TestNamespace } from './fixtures/test-namespace.ts';

const BUSYBOX = '/bin/busybox';
const PROGRAMS = ['sh', 'cat', 'chmod', 'dd', 'env', 'kill', 'ls', 'mkdir', 'mv', 'nc', 'rm', 'rmdir', 'setsid', 'sleep', 'stat', 'tee'];

let namespace: TestNamespace;
let registry: PrivateRegistry;

// The node of the testbed is this machine, so that its containerd reaches a registry at 127.0.0.1.
beforeAll(async () => {
  namespace = await TestNamespace.create('registry');
  registry = await PrivateRegistry.start('token', imageFiles());
  await Promise.all([createSecret('team', registry.login.password), createSecret('stale', 'an old password')]);
});
afterAll(async () => {
  await registry[Symbol.asyncDispose]();
  await namespace[Symbol.asyncDispose]();
});

/** The files of a small image, as a tar archive. */
function imageFiles(): Buffer {
  const root = mkdtempSync(join(tmpdir(), 'sandpod-image-'));
  try {
    for (const directory of ['bin', 'tmp', 'proc']) mkdirSync(join(root, directory));
    copyFileSync(BUSYBOX, join(root, 'bin/busybox'));
    for (const program of PROGRAMS) symlinkSync('busybox', join(root, 'bin', program));
    const { stdout, error } = spawnSync('tar', ['-C', root, '--owner=0', '--group=0', '-cf', '-', '.'], { maxBuffer: 64 * 1024 * 1024 });
    if (error !== undefined) throw error;
    return stdout;
  } finally {
    rmSync(root, { recursive: true });
  }
}

async function createSecret(name: string, password: string): Promise<void> {
  const { username } = registry.login;
  const auth = Buffer.from(`${username}:${password}`).toString('base64');
  const config = JSON.stringify({ auths: { [registry.host]: { username, password, auth } } });
  await namespace.request(
    { verb: 'create', group: '', version: 'v1', resource: 'secrets' },
    { metadata: { name }, type: 'kubernetes.io/dockerconfigjson', stringData: { '.dockerconfigjson': config } },
  );
}

test.each([
  ['no secret', []],
  ['a secret that the registry refuses', ['stale']],
])('an image of a private registry with %s fails, with the registry’s own word', async (_, imagePullSecrets) => {
  await using provider = new PodSandboxProvider(namespace.options({ image: registry.image, imagePullSecrets }));
  const error = await failureOf(provider.create());
  expect(error.code).toBe('start-failed');
  expect(error.message).toMatch(/401 Unauthorized|authorization failed/);
  expect(error.message).toContain(registry.image);
  expect(registry.admitted).toBe(0);
});

test('an image of a private registry is pulled with the configured secret', async () => {
  await using executor = new PodCommandLineCodeExecutor(namespace.options({ image: registry.image, imagePullSecrets: ['team'] }));
  expect((await executor.runCode('echo pulled', { language: 'sh' })).stdout).toBe('pulled\n');
  expect(registry.admitted).toBeGreaterThan(0);
});

test.each([
  ['late', '/workspace'],
  // A short-lived pod first reads the image's working directory.
  ['later', 'relative'],
])(
  'a secret that the node reads only after its first attempt is used for the second: %s, workspace %s',
  {
    timeout: 60_000,
  },
  async (secret, workspacePath) => {
    const image = `${registry.host}/team/${secret}:1`;
    await using provider = new PodSandboxProvider(namespace.options({ image, imagePullSecrets: [secret], workspacePath }));
    const creating = provider.create();
    await Promise.race([creating, expect.poll(() => pullState(image), { timeout: 30_000 }).toMatch(/ErrImagePull|ImagePullBackOff/)]);
    await createSecret(secret, registry.login.password);
    await using sandbox = await creating;
    expect((await sandbox.run({ argv: ['sh', '-c', 'echo pulled'] })).stdout).toBe('pulled\n');
  },
);

async function pullState(image: string): Promise<string | undefined> {
  const { items } = await namespace.request<V1PodList>({ ...RESOURCE.pods, verb: 'list' });
  const pod = items.find(({ spec }) => spec?.containers.some((container) => container.image === image));
  return pod?.status?.containerStatuses?.[0]?.state?.waiting?.reason;
}
