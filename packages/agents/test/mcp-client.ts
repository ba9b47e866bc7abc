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

/** The command that a client starts. */
export function serverParameters(
  argv: readonly string[],
  options: { readonly env?: Readonly<Record<string, string>> } = {},
): { command: string; args: string[]; env: Record<string, string>; stderr: 'pipe' } {
  const { SANDPOD_ON: _ignored, ...own } = process.env as Record<string, string>;
  return { command: process.execPath, args: [main, 'mcp', ...argv], env: { ...own, ...options.env }, stderr: 'pipe' };
}

/** Starts the real `sandpod mcp` and connects the real client to it. */
export async function connectServer(
  argv: readonly string[],
  options: { readonly env?: Readonly<Record<string, string>> } = {},
): Promise<ConnectedServer> {
  const transport = new StdioClientTransport(serverParameters(argv, options));
  let stderr = '';
  transport.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(transport);
  return { client, transport, stderr: () => stderr, [Symbol.asyncDispose]: () => client.close() };
}
