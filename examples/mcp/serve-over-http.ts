import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { serveMcpHttp } from '@sandpod/agents/mcp';
import { createExecutor } from '@sandpod/sandpod';

// Without `port`, the server listens on port 3230. Each session calls `createExecutor`.
await using server = await serveMcpHttp({ port: 0, createExecutor: () => createExecutor('embedded') });

const client = new Client({ name: 'example', version: '1.0.0' });
const requestInit = { headers: { authorization: `Bearer ${server.token}` } };
const transport = new StreamableHTTPClientTransport(new URL(server.url), { requestInit });
await client.connect(transport);
const made = await client.callTool({ name: 'run_code', arguments: { code: 'open("squares.csv", "w").write("1,4,9")' } });
for (const part of made.content) if (part.type === 'resource_link') console.log(part.uri, part.size);
const { contents } = await client.readResource({ uri: 'sandbox:///squares.csv' });
console.log(contents);
// Ends the session, which removes its sandbox.
await transport.terminateSession();
await client.close();
