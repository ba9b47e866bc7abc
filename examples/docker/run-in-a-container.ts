import { createExecutor } from '@sandpod/sandpod';

await using executor = await createExecutor('docker', {
  image: 'python:3-slim',
  limits: { memoryBytes: 128 * 1024 * 1024, processes: 64 },
  env: { GREETING: 'hello' },
});

const steps: string[] = [];
await executor.start({ onProgress: ({ phase }) => steps.push(phase) });
console.log(steps.includes('ready') ? 'the container is ready' : steps);

const hello = await executor.runCode('import os; print(os.environ["GREETING"], "from user", os.getuid())');
console.log(hello.stdout.trim());

const closed = await executor.runCode('import socket; socket.create_connection(("203.0.113.1", 80), 3)');
console.log(closed.outcome, closed.stderr.trim().split('\n').at(-1));

const greedy = await executor.runCode('data = bytearray(400 * 1024 * 1024)');
console.log(greedy.outcome);
