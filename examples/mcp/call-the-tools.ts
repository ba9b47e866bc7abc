import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

// A client's configuration would contain: { "command": "npx", "args": ["-y", "@sandpod/cli", "mcp"] }
const server = fileURLToPath(new URL('serve-an-executor.ts', import.meta.url));
const transport = new StdioClientTransport({ command: process.execPath, args: ['--conditions=@sandpod/source', server] });
const client = new Client({ name: 'example', version: '1.0.0' });
await client.connect(transport);

const { tools } = await client.listTools();
console.log(tools.map(({ name }) => name).join(', '));

await client.callTool({ name: 'write_file', arguments: { path: 'numbers.txt', content: '3\n1\n2\n' } });
const sorted = await client.callTool({ name: 'run_command', arguments: { command: 'sort numbers.txt' } });
console.log((sorted.structuredContent as { stdout: string }).stdout.trim());

const failed = await client.callTool({ name: 'run_code', arguments: { code: 'print(1 / 0)' } });
console.log(failed.isError, (failed.structuredContent as { outcome: string }).outcome);
await client.close();
