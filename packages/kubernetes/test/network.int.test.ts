import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RESOURCE } from '../src/client/resources.ts';
import { type PodSandbox, PodSandboxProvider } from '../src/index.ts';
import { PYTHON_TEST } from '../src/manifest/script/scripts.generated.ts';
import { TestNamespace } from './fixtures/test-namespace.ts';

let namespace: TestNamespace;
let provider: PodSandboxProvider;
let sandbox: PodSandbox;

beforeAll(async () => {
  namespace = await TestNamespace.create('network');
  provider = new PodSandboxProvider(namespace.options({ network: 'require-none' }));
  sandbox = await provider.create();
});
afterAll(async () => {
  await sandbox[Symbol.asyncDispose]();
  await provider[Symbol.asyncDispose]();
  await namespace[Symbol.asyncDispose]();
});

/** Prints how many of the attempts to connect succeeded; refused by the far side counts, because a packet went there and back. */
const CONNECT = `
import socket, sys
successes = 0
for address in sys.argv[1:]:
    host, port = address.rsplit(' ', 1)
    try:
        socket.create_connection((host, int(port)), 0.4).close()
        successes += 1
    except ConnectionRefusedError:
        successes += 1
    except OSError:
        pass
print(successes)
`;

function successes(from: PodSandbox, addresses: readonly string[]): Promise<string> {
  return from.run({ argv: ['python3', '-c', CONNECT, ...addresses] }).then(({ stdout }) => stdout.trim());
}

function nodeAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flat()
    .flatMap((entry) => (entry !== undefined && !entry.internal && entry.family === 'IPv4' ? [entry.address] : []));
}

test('a sandbox that requires a closed network starts if policies are enforced, and has no weakness', () => {
  expect(provider.describe().weaknesses).toEqual([]);
  expect(provider.describe().versions['kubernetes']).toMatch(/^v1\./);
});

test('the API server, the node, the kubelet and the metadata address cannot be reached [row 5] [row 6]', async () => {
  const { stdout } = await sandbox.run({ argv: ['sh', '-c', 'echo $KUBERNETES_SERVICE_HOST $KUBERNETES_SERVICE_PORT'] });
  const nodes = nodeAddresses().flatMap((address) => [`${address} 6443`, `${address} 10250`, `${address} 22`]);
  expect(nodes.length).toBeGreaterThan(0);
  expect(await successes(sandbox, [stdout.trim(), ...nodes, '169.254.169.254 80', '::ffff:169.254.169.254 80', '1.1.1.1 443'])).toBe('0');
});

test('another pod cannot be reached, although it listens [row 7]', async () => {
  await using neighbour = await provider.create();
  const pod = await namespace.request<{ status: { podIP: string } }>({ ...RESOURCE.pods, verb: 'get', name: neighbour.podName });
  const server = await neighbour.spawn({ argv: ['python3', '-m', 'http.server', '8000'] });
  const { podIP } = pod.status;
  await expect.poll(() => successes(neighbour, ['127.0.0.1 8000']), { timeout: 5_000 }).toBe('1');
  expect(await successes(sandbox, [`${podIP} 8000`, `${podIP} 8001`])).toBe('0');
  await server.kill();
});

test('connecting in a tight loop from the first instruction never succeeds [row 9]', async () => {
  await using fresh = await provider.create();
  const loop = `
import os, socket, time
address = (os.environ["KUBERNETES_SERVICE_HOST"], int(os.environ["KUBERNETES_SERVICE_PORT"]))
successes = attempts = 0
end = time.monotonic() + 2
while time.monotonic() < end:
    attempts += 1
    try:
        socket.create_connection(address, 0.05).close()
        successes += 1
    except OSError:
        pass
print(attempts > 10, successes)`;
  expect((await fresh.run({ argv: ['python3', '-c', loop] })).stdout).toBe('True 0\n');
});

test('an open network is open, and a weakness', async () => {
  await using open = new PodSandboxProvider(namespace.options({ network: 'open' }));
  await using free = await open.create();
  expect(
    await free.run({ argv: ['sh', '-c', 'python3 -c "$0" "$KUBERNETES_SERVICE_HOST $KUBERNETES_SERVICE_PORT"', CONNECT] }),
  ).toMatchObject({ stdout: '1\n' });
  expect(open.describe().weaknesses.join()).toMatch(/open/);
});

test('an open network is never taken for a closed one, however busy the pod is', { timeout: 120_000 }, async () => {
  await using open = new PodSandboxProvider(namespace.options({ network: 'open', limits: { cpus: 0.5 } }));
  await using busy = await open.create();
  // More loops than CPU: the test itself is stopped again and again for a good part of each tenth of a second.
  const loops = await Promise.all(Array.from({ length: 3 }, () => busy.spawn({ argv: ['sh', '-c', 'while :; do :; done'] })));
  for (let count = 0; count < 5; count += 1) {
    expect((await busy.run({ argv: ['python3', '-Ic', PYTHON_TEST, '0.15', '3'] })).stdout).toBe('open\n');
  }
  await Promise.all(loops.map((loop) => loop.kill()));
});

test('there is no token, and labels of the caller cannot open what we close [row 5] [row 11]', async () => {
  await using sly = new PodSandboxProvider(
    namespace.options({
      labels: { 'sandpod.dev/network': 'open', 'app.kubernetes.io/managed-by': 'me', team: 'red' },
      annotations: { 'sandpod.dev/expires': '0' },
    }),
  );
  await using theirs = await sly.create();
  const pod = await namespace.request<{ metadata: { labels: object; annotations: Record<string, string> } }>({
    ...RESOURCE.pods,
    verb: 'get',
    name: theirs.podName,
  });
  expect(pod.metadata.labels).toEqual({
    team: 'red',
    'app.kubernetes.io/managed-by': 'sandpod',
    'sandpod.dev/id': theirs.id,
    'sandpod.dev/network': 'closed',
    'sandpod.dev/role': 'sandbox',
  });
  expect(pod.metadata.annotations).not.toHaveProperty(['sandpod.dev/expires']);
  const listed = await Array.fromAsync(sly.list());
  expect(listed.find(({ id }) => id === theirs.id)?.expiresMs).toBeGreaterThan(Date.now());
  expect((await theirs.run({ argv: ['sh', '-c', 'ls /var/run/secrets 2>/dev/null | wc -l; ls -A /tmp'] })).stdout).toBe('0\n');
});
