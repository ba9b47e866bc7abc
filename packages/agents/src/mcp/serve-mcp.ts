import { addAbortListener } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import { validateOptions } from '@sandpod/core/backend';
import { z } from 'zod';
import { abortSignalSchema, functionSchema, objectSchema } from '../shared/index.ts';
import { makeMcpServer } from './create-mcp-server.ts';
import { type McpServerOptions, mcpServerShape, withOneTarget } from './mcp-server-options.ts';

export type ServeMcpOptions = McpServerOptions & {
  /** Default: the standard input of this process. */
  readonly stdin?: Readable | undefined;
  /** Default: the standard output of this process; nothing else may write to it while the server runs. */
  readonly stdout?: Writable | undefined;
  /** Stops the server. */
  readonly abortSignal?: AbortSignal | undefined;
  /** Called for messages that could not be parsed or sent. */
  readonly onError?: ((error: Error) => void) | undefined;
};

const optionsSchema = z.strictObject({
  ...mcpServerShape,
  stdin: objectSchema<Readable>('read', 'a readable stream').optional(),
  stdout: objectSchema<Writable>('write', 'a writable stream').optional(),
  abortSignal: abortSignalSchema.optional(),
  onError: functionSchema<(error: Error) => void>().optional(),
});

/**
 * Serves one MCP client over stdio. Resolves when the client closes the connection or when the signal aborts. In both cases, calls in
 * progress are aborted. You must stop the executor yourself.
 *
 * @throws {SandpodError} `invalid-options`.
 */
export async function serveMcp(options: ServeMcpOptions): Promise<void> {
  const { stdin, stdout, abortSignal, onError, ...rest } = validateOptions(optionsSchema, options, 'serveMcp');
  const serverOptions = withOneTarget(rest, 'serveMcp');
  if (abortSignal?.aborted) return;
  const transport = new WatchedTransport(stdin, stdout);
  const handle = serveStdio(() => makeMcpServer(serverOptions), { transport, ...(onError && { onerror: onError }) });
  using _listener = abortSignal && addAbortListener(abortSignal, () => void transport.close());
  try {
    await transport.closed;
  } finally {
    await handle.close();
  }
}

/** A transport with a promise that resolves once either side has closed it. */
class WatchedTransport extends StdioServerTransport {
  readonly closed: Promise<void>;
  readonly #resolve: () => void;

  constructor(stdin?: Readable, stdout?: Writable) {
    super(stdin, stdout);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.closed = promise;
    this.#resolve = resolve;
  }

  override async close(): Promise<void> {
    await super.close();
    this.#resolve();
  }
}
