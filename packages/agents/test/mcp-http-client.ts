import { request } from 'node:http';
import { Client, type ElicitResult, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as OldClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as OldTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import type { CodeExecutor } from '@sandpod/core';
import { EmbeddedCommandLineCodeExecutor } from '@sandpod/embedded';
import { type McpHttpServer, type ServeMcpHttpOptions, serveMcpHttp } from '../src/mcp/index.ts';

export interface TestHttpServer extends McpHttpServer {
  readonly executors: readonly CodeExecutor[];
  readonly errors: readonly Error[];
}

/** Starts a server on embedded sandboxes, and remembers the executors that it created. */
export async function startHttp(options: Partial<ServeMcpHttpOptions> = {}): Promise<TestHttpServer> {
  const executors: CodeExecutor[] = [];
  const errors: Error[] = [];
  const createExecutor = (): CodeExecutor => {
    const executor = new EmbeddedCommandLineCodeExecutor();
    executors.push(executor);
    return executor;
  };
  const server = await serveMcpHttp({ port: 0, createExecutor, onError: (error) => errors.push(error), ...options });
  return { ...server, executors, errors };
}

export const KINDS = ['old client', 'new client', 'new client without sessions'] as const;
export type Kind = (typeof KINDS)[number];

/** What both SDKs' clients have in common. */
export interface AnyClient extends AsyncDisposable {
  readonly sessionId: () => string | undefined;
  call(name: string, args: Record<string, unknown>, options?: object): Promise<Result>;
  read(uri: string): Promise<{ readonly text?: string; readonly blob?: string }>;
  list(): Promise<readonly { readonly uri: string; readonly size?: number | undefined }[]>;
  instructions(): string;
  terminate(): Promise<void>;
}

export interface Result {
  readonly isError?: boolean;
  readonly content: readonly { readonly type: string; readonly text?: string; readonly uri?: string }[];
  readonly structuredContent: Record<string, unknown>;
}

interface ConnectOptions {
  /** The name of the sandbox in the URL. */
  readonly name?: string;
  /** Answers the questions of the server. */
  readonly onQuestion?: (message: string) => ElicitResult;
}

/** Connects the real client of an SDK: 1.x, 2.x with sessions, or 2.x with protocol version 2026-07-28. */
export async function connectHttp(server: McpHttpServer, kind: Kind, options: ConnectOptions = {}): Promise<AnyClient> {
  const url = new URL(options.name === undefined ? server.url : `${server.url}/${options.name}`);
  const requestInit = { headers: { authorization: `Bearer ${server.token}` } };
  const info = { name: 'test', version: '1' };
  const versionNegotiation = kind === 'new client without sessions' ? { mode: 'auto' as const } : undefined;
  const { onQuestion } = options;
  const capabilities = onQuestion === undefined ? {} : { elicitation: {} };
  const client =
    kind === 'old client'
      ? new OldClient(info, { capabilities })
      : new Client(info, { capabilities, ...(versionNegotiation && { versionNegotiation }) });
  if (onQuestion !== undefined) answerQuestions(client, onQuestion);
  const transport =
    kind === 'old client' ? new OldTransport(url, { requestInit }) : new StreamableHTTPClientTransport(url, { requestInit });
  await (client as Client).connect(transport as StreamableHTTPClientTransport);
  return {
    sessionId: () => transport.sessionId,
    call: (name, args, callOptions = {}) =>
      (kind === 'old client'
        ? (client as OldClient).callTool({ name, arguments: args }, undefined, callOptions)
        : (client as Client).callTool({ name, arguments: args }, callOptions)) as unknown as Promise<Result>,
    read: async (uri) => ((await (client as Client).readResource({ uri })).contents as { text?: string; blob?: string }[])[0] ?? {},
    list: async () => (await (client as Client).listResources()).resources,
    instructions: () => (client as Client).getInstructions() ?? '',
    terminate: () => transport.terminateSession(),
    [Symbol.asyncDispose]: () => client.close(),
  };
}

function answerQuestions(client: Client | OldClient, onQuestion: (message: string) => ElicitResult): void {
  if (client instanceof OldClient) client.setRequestHandler(ElicitRequestSchema, ({ params: { message } }) => onQuestion(message));
  else client.setRequestHandler('elicitation/create', ({ params: { message } }) => onQuestion(message));
}

export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: NodeJS.Dict<string | string[]>;
}

export interface RawRequest {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
}

/** Sends the token and exactly these headers; `fetch` would not let a `Host` through. */
export function send(server: McpHttpServer, { body, headers, path = '/mcp', method = 'POST' }: RawRequest): Promise<Answer> {
  const own = {
    authorization: `Bearer ${server.token}`,
    accept: 'application/json, text/event-stream',
    'content-type': 'application/json',
  };
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port: server.port, method, path, headers: { ...own, ...headers } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text, headers: response.headers }));
      response.on('error', reject);
    });
    call.on('error', reject);
    call.end(body);
  });
}

export const INITIALIZE: string = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
});

/** Opens a session without a stream, like a client that is gone afterwards. Resolves with its id. */
export async function openSession(server: McpHttpServer): Promise<string> {
  const { headers } = await send(server, { body: INITIALIZE });
  return String(headers['mcp-session-id']);
}

/** Calls a tool in a session. Resolves with the message in the event stream. */
export async function callIn(server: McpHttpServer, id: string, params: object): Promise<Answer> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 2, method: 'tools/call', params });
  return send(server, { headers: { 'mcp-session-id': id, 'mcp-protocol-version': '2025-06-18' }, body });
}
