import { once } from 'node:events';
import type { McpHttpServer, ServeMcpHttpOptions } from '@sandpod/agents/mcp';
import { isLoopback } from '@sandpod/core/server';
import { parseDuration } from '../arguments/parse-duration.ts';
import { parseWholeNumber } from '../arguments/parse-whole-number.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { EXIT_CODES } from '../exit-code.ts';
import { readToken } from '../input/read-token.ts';
import type { CommandContext } from './command.ts';

/** Flags of `sandpod mcp` that need `--http`. */
export const HTTP_FLAGS = {
  host: { type: 'string' },
  port: { type: 'string' },
  'token-file': { type: 'string' },
  idle: { type: 'string' },
  'max-sessions': { type: 'string' },
} as const;

/** The values of {@link HTTP_FLAGS}. */
export type HttpFlags = { readonly [Name in keyof typeof HTTP_FLAGS]?: string | undefined };

interface HttpCommand {
  readonly flags: HttpFlags;
  readonly context: CommandContext;
  /** The name of the back end. */
  readonly on: string;
}

/** Serves MCP clients over HTTP until the command is interrupted. Resolves with the exit code. */
export async function runMcpHttp(options: ServeMcpHttpOptions, { flags, context, on }: HttpCommand): Promise<number> {
  const { stdout, stderr, abortSignal } = context;
  const token = await readToken(flags['token-file'], context);
  {
    await using server = await listen({ ...options, ...parseHttpFlags(flags), token });
    await stdout.write(greeting(server, { on, isTokenKnown: token !== undefined }));
    if (flags.host !== undefined && !isLoopback(flags.host)) await stderr.write(exposed(flags.host));
    if (!abortSignal.aborted) await once(abortSignal, 'abort');
  }
  return EXIT_CODES.cancelled;
}

function parseHttpFlags(flags: HttpFlags): Partial<ServeMcpHttpOptions> {
  const { host, port, idle, 'max-sessions': maxSessions } = flags;
  return {
    host,
    port: port === undefined ? undefined : parseWholeNumber(port, { option: '--port', min: 0, max: 65_535 }),
    idleMs: idle === undefined ? undefined : parseDuration(idle, '--idle'),
    maxSessions: maxSessions === undefined ? undefined : parseWholeNumber(maxSessions, { option: '--max-sessions', min: 1, max: 10_000 }),
  };
}

async function listen(options: ServeMcpHttpOptions): Promise<McpHttpServer> {
  const { serveMcpHttp } = await import('@sandpod/agents/mcp');
  try {
    return await serveMcpHttp(options);
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE')
      throw new UsageError('The port is in use.', 'Choose another port with --port, or any free port with --port 0.');
    if (syscall === undefined) throw error;
    throw new UsageError(`The server cannot listen: ${(error as Error).message}.`, 'Set another --host or --port.');
  }
}

function greeting(
  { url, otherUrls, token }: McpHttpServer,
  { on, isTokenKnown }: { readonly on: string; readonly isTokenKnown: boolean },
): string {
  const header = isTokenKnown ? 'Bearer <the token that you set>' : `Bearer ${token}`;
  const configuration = JSON.stringify({ type: 'http', url, headers: { Authorization: header } });
  return `MCP server: ${url}
${otherUrls.map((other) => `elsewhere:  ${other}\n`).join('')}runs on:    ${on}
header:     Authorization: ${header}
client:     ${configuration}
Stop with Ctrl-C.
`;
}

function exposed(host: string): string {
  return `sandpod: WARNING: the server listens on ${host} without encryption. Anyone who can read this traffic can run code on this back end.\n`;
}
