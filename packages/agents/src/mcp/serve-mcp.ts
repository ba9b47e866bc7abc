import type { Readable, Writable } from 'node:stream';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import { validateOptions } from '@sandpod/core/backend';
import { z } from 'zod';
import { abortSignalSchema, functionSchema, objectSchema } from '../shared/index.ts';
import { makeMcpServer } from './create-mcp-server.ts';
import { type McpServerOptions, mcpServerShape, withOneTarget } from './mcp-server-options.ts';

export type ServeMcpOptions = McpServerOptions & {
  /** Default: that of this process. */
  readonly stdin?: Readable | undefined;
  /** Default: that of this process, where nothing else may be written then. */
  readonly stdout?: Writable | undefined;
  /** Ends the service. */
  readonly abortSignal?: AbortSignal | undefined;
  /** Hears of messages that could not be understood or sent. */
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
 * Serves one MCP client over stdio; resolves when it has closed its end, or when the signal fires. Calls under way are aborted
 * then. The executor stays its owner's to stop.
 *
 * @throws {SandpodError} `invalid-options`.
 */
export async function serveMcp(options: ServeMcpOptions): Promise<void> {
  const { stdin, stdout, abortSignal, onError, ...rest } = validateOptions(optionsSchema, options, 'serveMcp');
  const serverOptions = withOneTarget(rest, 'serveMcp');
  if (abortSignal?.aborted) return;
  const transport = new WatchedTransport(stdin, stdout);
  const handle = serveStdio(() => makeMcpServer(serverOptions), { transport, ...(onError && { onerror: onError }) });
  const close = (): void => void transport.close();
  abortSignal?.addEventListener('abort', close, { once: true });
  try {
    await transport.closed;
  } finally {
    abortSignal?.removeEventListener('abort', close);
    await handle.close();
  }
}

/** Says when it was closed, by whomever. */
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
