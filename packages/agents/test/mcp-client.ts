import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

const main = fileURLToPath(new URL('../../cli/dist/main.js', import.meta.url));

export interface ConnectedServer extends AsyncDisposable {
  readonly client: Client;
  readonly transport: StdioClientTransport;
  /** Standard error of the command. */
  stderr(): string;
}

/** Starts the real `sandpod mcp` and connects the real client to it. */
export async function connectServer(
  argv: readonly string[],
  options: { readonly env?: Readonly<Record<string, string>> } = {},
): Promise<ConnectedServer> {
  const { SANDPOD_ON: _ignored, ...own } = process.env as Record<string, string>;
  const args = [main, 'mcp', ...argv];
  const transport = new StdioClientTransport({ command: process.execPath, args, env: { ...own, ...options.env }, stderr: 'pipe' });
  let stderr = '';
  transport.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(transport);
  return { client, transport, stderr: () => stderr, [Symbol.asyncDispose]: () => client.close() };
}
