import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { checkRequest, type OwnAddress } from '@sandpod/core/server';
import { hasToken } from './bearer-token.ts';
import { transferFile } from './file-route.ts';
import { HttpError, type HttpFailure, RPC_CODES, sendFailure } from './http-error.ts';
import type { HttpSessions } from './http-sessions.ts';
import { mcpRoute } from './mcp-route.ts';

/** Largest body of an MCP request, in bytes. `write_file` accepts 8 MiB of text, which can be longer as JSON. */
const MAX_BODY_BYTES = 20 * 1024 * 1024;

export interface ListenerOptions {
  readonly sessions: HttpSessions;
  readonly own: OwnAddress;
  readonly token: string;
  readonly onError: (error: Error) => void;
}

/** Creates the listener for all requests. Checks the source and the token of a request before it reads the body. */
export async function requestListener({ sessions, own, token, onError }: ListenerOptions): Promise<RequestListener> {
  // Only this server needs the package, so it is an optional peer dependency.
  const { toNodeHandler } = await import('@modelcontextprotocol/node');
  const handleMcp = toNodeHandler({ fetch: mcpRoute(sessions) }, { onerror: onError, maxRequestBodySize: MAX_BODY_BYTES });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = refusalOf(request, { own, token });
    if (refusal !== undefined) return sendFailure(response, refusal);
    const [, place, key, ...path] = (request.url ?? '/').replace(/[?#].*$/s, '').split('/');
    if (place === 'mcp' && path.length === 0) return handleMcp(request as Parameters<typeof handleMcp>[0], response);
    if (place !== 'files' || !key || path.length === 0) return sendFailure(response, NOT_FOUND);
    await sessions.withFiles(key, (session) => transferFile(session, { request, response, encodedPath: path.join('/') }));
  }

  return (request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (error instanceof HttpError) return sendFailure(response, error.failure);
      if (!response.destroyed) onError(error instanceof Error ? error : new Error(String(error)));
      sendFailure(response, { status: 500, code: RPC_CODES.internal, message: 'Internal error' });
    });
  };
}

const NOT_FOUND: HttpFailure = { status: 404, code: RPC_CODES.refused, message: 'Not found: the MCP endpoint is /mcp' };

function refusalOf({ headers }: IncomingMessage, { own, token }: Pick<ListenerOptions, 'own' | 'token'>): HttpFailure | undefined {
  const site = headers['sec-fetch-site'];
  const fault = checkRequest({ host: headers.host, origin: headers.origin, site: site === undefined ? site : String(site) }, own);
  if (fault === 'foreign-host') return forbidden('The host name in the request is not the name of this server.');
  if (fault === 'foreign-origin') return forbidden('The request comes from a web page of another site.');
  return hasToken(headers.authorization, token) ? undefined : UNAUTHORIZED;
}

function forbidden(message: string): HttpFailure {
  return { status: 403, code: RPC_CODES.refused, message: `Forbidden: ${message}` };
}

const UNAUTHORIZED: HttpFailure = {
  status: 401,
  code: RPC_CODES.refused,
  message: 'Unauthorized: send the header "Authorization: Bearer TOKEN" with the token of this server',
  headers: { 'www-authenticate': 'Bearer realm="sandpod"' },
};
