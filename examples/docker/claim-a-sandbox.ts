import type { Sandbox } from '@sandpod/core';
import { createProvider } from '@sandpod/sandpod';

const labels = { stock: `web-${process.pid}` };
await using provider = await createProvider('docker', { image: 'python:3-slim' });

// One process fills the stock.
for (let count = 0; count < 2; count += 1) {
  const sandbox = await provider.create({ labels, isClaimable: true, expiresInMs: 120_000 });
  await sandbox.detach();
}

// Any process takes a sandbox from it. If another process was faster, claim() returns undefined.
async function takeOne(): Promise<Sandbox | undefined> {
  for await (const { id, isClaimable } of provider.list({ labels })) {
    const sandbox = isClaimable ? await provider.claim?.({ id, expiresInMs: 600_000 }) : undefined;
    if (sandbox !== undefined) return sandbox;
  }
  return undefined;
}

const [first, second, third] = [await takeOne(), await takeOne(), await takeOne()];
console.log('two different sandboxes:', first !== undefined && second !== undefined && first.id !== second.id);
console.log('the stock is empty:', third === undefined);
await first?.[Symbol.asyncDispose]();
await second?.[Symbol.asyncDispose]();
