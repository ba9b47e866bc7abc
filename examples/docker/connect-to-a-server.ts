import { createProvider } from '@sandpod/sandpod';

await using provider = await createProvider('docker', { image: 'python:3-slim' });
await using sandbox = await provider.create();
await sandbox.writeTextFile({ path: 'hello.txt', content: 'hello from the sandbox' });
await sandbox.run({ command: 'python3 -m http.server 8000 --bind 127.0.0.1 >server.log 2>&1 &' });

await using connection = await sandbox.connect({ port: 8000, waitMs: 20_000 });
const writer = connection.writable.getWriter();
await writer.write(new TextEncoder().encode('GET /hello.txt HTTP/1.0\r\n\r\n'));
const response = Buffer.concat(await Array.fromAsync(connection.readable)).toString();
console.log(response.split('\r\n\r\n')[1]);
