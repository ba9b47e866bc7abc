import {
  createMcpHandler,
  type McpHttpHandler,
  type McpServer,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';
import type { CodeExecutor } from '@sandpod/core';
import { makeMcpServer } from '../create-mcp-server.ts';
import type { ValidMcpOptions } from '../mcp-server-options.ts';

export interface HttpSessionOptions {
  readonly id: string;
  readonly executor: CodeExecutor;
  readonly serverOptions: Omit<ValidMcpOptions, 'executor' | 'sandbox'>;
  /** The address of the sandbox's files. */
  readonly filesUrl: string;
  /** Called when the client ends its session. */
  readonly onEnd: () => Promise<void>;
  readonly onError: (error: Error) => void;
}

/** One sandbox and the MCP servers that use it. */
export class HttpSession {
  readonly executor: CodeExecutor;
  /** Aborts when the session ends. */
  readonly ended: AbortSignal;
  readonly #options: HttpSessionOptions;
  readonly #ending = new AbortController();
  #server: McpServer | undefined;
  #transport: WebStandardStreamableHTTPServerTransport | undefined;
  #handler: McpHttpHandler | undefined;

  constructor(options: HttpSessionOptions) {
    this.executor = options.executor;
    this.ended = this.#ending.signal;
    this.#options = options;
  }

  /** Returns true if a client has a session on this sandbox. */
  get isInitialized(): boolean {
    return this.#transport?.sessionId !== undefined;
  }

  /** Handles a request of a client that has sessions (protocol versions from 2025). One server handles all requests of the session. */
  async handleInSession(request: Request, parsedBody: unknown): Promise<Response> {
    this.#transport ??= await this.#connect();
    return this.#transport.handleRequest(request, { parsedBody });
  }

  /** Handles a request of a client without sessions (protocol version 2026-07-28). Each request has its own server. */
  async handle(request: Request, parsedBody: unknown): Promise<Response> {
    const { onError: onerror } = this.#options;
    this.#handler ??= createMcpHandler(() => this.#makeServer(), { legacy: 'reject', onerror });
    return this.#handler.fetch(request, { parsedBody });
  }

  /** Aborts all calls and transfers, closes all streams and removes the sandbox. Idempotent. */
  async close(): Promise<void> {
    this.#ending.abort(new Error('The session has ended.'));
    await this.#handler?.close();
    await this.#server?.close();
    await this.executor.stop();
  }

  async #connect(): Promise<WebStandardStreamableHTTPServerTransport> {
    const { id, onEnd, onError } = this.#options;
    const transport = new WebStandardStreamableHTTPServerTransport({ sessionIdGenerator: () => id, onsessionclosed: onEnd });
    this.#server = this.#makeServer();
    await this.#server.connect(transport);
    transport.onerror = onError;
    return transport;
  }

  #makeServer(): McpServer {
    const { executor, serverOptions, filesUrl } = this.#options;
    return makeMcpServer({ ...serverOptions, executor }, { filesUrl });
  }
}
