import { createProvider } from '@sandpod/sandpod';

// KUBECONFIG or ~/.kube/config selects the cluster; `sandpod rbac pod` prints the permissions that this program needs.
const provider = await createProvider('pod', { image: 'python:3-slim', network: 'require-none', expiresInMs: 300_000 });

async function square(number: number): Promise<string> {
  await using sandbox = await provider.create();
  const { stdout } = await sandbox.run({ argv: ['python3', '-c', `print(${number} ** 2)`], timeoutMs: 30_000 });
  return stdout.trim();
}

const squares = await Promise.all([2, 3, 4].map(square));
console.log(squares.join(' '));
