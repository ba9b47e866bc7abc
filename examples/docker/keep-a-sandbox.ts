import { createExecutor, createProvider } from '@sandpod/sandpod';

const name = `notes-${process.pid}`;
await using provider = await createProvider('docker', { image: 'python:3-slim' });

const sandbox = await provider.create({ name, expiresInMs: 120_000 });
await sandbox.writeTextFile({ path: 'note.txt', content: 'written before' });
await sandbox.detach();

// Later, and in any process: the name finds the sandbox.
const executor = await createExecutor('docker', { attachTo: { name } });
console.log((await executor.runCode('print(open("note.txt").read())')).stdout.trim());
await executor.stop();

await using attached = await provider.attach({ name });
await attached.extend({ expiresInMs: 600_000 });
for await (const info of provider.list()) {
  if (info.name === name) console.log('expires in minutes:', Math.round(((info.expiresMs ?? 0) - Date.now()) / 60_000));
}
