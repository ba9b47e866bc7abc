import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { validateOptions } from '@sandpod/core/backend';
import { addressesOf, listen } from '@sandpod/core/server';
import { type ServeMcpHttpOptions, serveMcpHttpSchema, type ValidHttpOptions } from './http-options.ts';
import { HttpSessions } from './http-sessions.ts';
import { requestListener } from './request-listener.ts';

/** A running MCP server. Disposal ends all sessions, removes all sandboxes and closes all connections. */
export interface McpHttpServer extends AsyncDisposable {
  /** The URL for clients on this machine. */
  readonly url: string;
  /** The URLs for other machines, if the server listens on all addresses. */
  readonly otherUrls: readonly string[];
  readonly port: number;
  /** Clients send it in each request: `Authorization: Bearer TOKEN`. */
  readonly token: string;
}

/**
 * Serves MCP clients over streamable HTTP. Each session has its own sandbox, which is removed when the client ends the session or after
 * `idleMs` without a connected client.
 *
 * Each request must contain the token. Requests from web pages of other sites are refused.
 *
 * @throws {SandpodError} `invalid-options`. @throws Node's error if the server cannot listen, for example `EADDRINUSE`.
 */
export async function serveMcpHttp(options: ServeMcpHttpOptions): Promise<McpHttpServer> {
  const { host, port, token = newToken(), ...valid } = separate(validateOptions(serveMcpHttpSchema, options, 'serveMcpHttp'));
  const bound = { url: '', port: 0 };
  const filesUrlOf = (key: string): string => `${bound.url}files/${key}/`;
  const sessions = new HttpSessions({ ...valid, host, port, token }, filesUrlOf);
  const own = { hostname: host, port: () => bound.port };
  const server = createServer(await requestListener({ sessions, own, token, onError: valid.onError }));
  // An upload may take longer than Node's limit for a request.
  server.requestTimeout = 0;
  bound.port = await listen(server, { hostname: host, port });
  const [url = '', ...otherUrls] = addressesOf({ hostname: host, port: bound.port });
  bound.url = url;
  return {
    url: `${url}mcp`,
    otherUrls: otherUrls.map((other) => `${other}mcp`),
    port: bound.port,
    token,
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      try {
        await sessions[Symbol.asyncDispose]();
      } finally {
        server.closeAllConnections();
        await closed;
      }
    },
  };
}

function newToken(): string {
  return randomBytes(32).toString('base64url');
}

function separate(options: ReturnType<typeof serveMcpHttpSchema.parse>): ValidHttpOptions {
  const { name, version, timeoutMs, maxModelCharacters, approve, ...rest } = options;
  return { ...rest, serverOptions: { name, version, timeoutMs, maxModelCharacters, approve } };
}
