import {
  isInitializeRequest,
  isJSONRPCNotification,
  isJSONRPCRequest,
  isJsonContentType,
  isLegacyRequest,
} from '@modelcontextprotocol/server';
import { failureResponse, HttpError, RPC_CODES } from './http-error.ts';
import type { HttpSession } from './http-session.ts';
import type { HttpSessions } from './http-sessions.ts';

/** The sandbox of clients without sessions, if the URL contains no name. */
const DEFAULT_SANDBOX = 'main';

const METHODS: readonly string[] = ['GET', 'POST', 'DELETE'];

/**
 * Handles MCP requests. A client with sessions (protocol versions from 2025) gets a sandbox for each session. A client without sessions
 * (2026-07-28) uses the sandbox that the path names: `/mcp/NAME`.
 */
export function mcpRoute(sessions: HttpSessions): (request: Request) => Promise<Response> {
  return async (request) => {
    try {
      return await route(sessions, request);
    } catch (error) {
      if (error instanceof HttpError) return failureResponse(error.failure);
      throw error;
    }
  };
}

async function route(sessions: HttpSessions, request: Request): Promise<Response> {
  if (!METHODS.includes(request.method)) throw notAllowed();
  const body = request.method === 'POST' ? await parseBody(request) : undefined;
  const inSession = (session: HttpSession): Promise<Response> => session.handleInSession(request, body);
  const id = request.headers.get('mcp-session-id');
  if (id !== null) return sessions.inSession(id, inSession);
  if (isInitializeRequest(body)) return sessions.initialize(inSession);
  if (await isLegacyRequest(request, body)) throw refused(400, 'Bad Request: Mcp-Session-Id header is required');
  if (!isJSONRPCRequest(body) && !isJSONRPCNotification(body)) throw refused(400, 'Bad Request: expected one JSON-RPC message');
  return sessions.inSandbox(sandboxName(request), (session) => session.handle(request, body));
}

async function parseBody(request: Request): Promise<unknown> {
  if (!isJsonContentType(request.headers.get('content-type'))) throw refused(415, 'Content-Type must be application/json');
  try {
    return await request.json();
  } catch {
    throw new HttpError({ status: 400, code: RPC_CODES.parse, message: 'Parse error: the body is not JSON' });
  }
}

function sandboxName(request: Request): string {
  const name = new URL(request.url).pathname.split('/')[2] || DEFAULT_SANDBOX;
  // Session ids are longer, so no client without a session can use the sandbox of a session.
  if (/^[\w-]{1,32}$/.test(name)) return name;
  throw refused(404, 'Not found: expected /mcp, or /mcp/NAME with a name of at most 32 letters, digits, "-" and "_"');
}

function notAllowed(): HttpError {
  return new HttpError({ status: 405, code: RPC_CODES.refused, message: 'Method not allowed', headers: { allow: METHODS.join(', ') } });
}

function refused(status: number, message: string): HttpError {
  return new HttpError({ status, code: RPC_CODES.refused, message });
}
