import type { CodeExecutor } from '@sandpod/core';
import { durationMsSchema } from '@sandpod/core/backend';
import { z } from 'zod';
import { functionSchema } from '../../shared/index.ts';
import { type McpServerOptions, mcpServerShape } from '../mcp-server-options.ts';
import type { HttpSessionOptions } from './http-session.ts';

/** The default port of the server. */
const DEFAULT_PORT = 3230;

export interface ServeMcpHttpOptions extends Pick<McpServerOptions, 'name' | 'version' | 'timeoutMs' | 'maxModelCharacters' | 'approve'> {
  /** Creates the executor of a session. The server stops it when the session ends. */
  readonly createExecutor: () => CodeExecutor | Promise<CodeExecutor>;
  /** The host name or address on which the server listens. Default `127.0.0.1`: only programs on this machine can connect. */
  readonly host?: string | undefined;
  /** Default 3230. With 0, any free port. */
  readonly port?: number | undefined;
  /** The secret that each request must contain. At least 16 characters that are valid in a bearer token. Default: a random token. */
  readonly token?: string | undefined;
  /** Maximum number of sandboxes. If it is reached, the least recently used sandbox without a connected client is removed. Default 16. */
  readonly maxSessions?: number | undefined;
  /** Milliseconds after which a sandbox without a connected client is removed. Default 30 min. */
  readonly idleMs?: number | undefined;
  /** Called for failures that no client is told about. */
  readonly onError?: ((error: Error) => void) | undefined;
}

const { name, version, timeoutMs, maxModelCharacters, approve } = mcpServerShape;

export const serveMcpHttpSchema = z.strictObject({
  name,
  version,
  timeoutMs,
  maxModelCharacters,
  approve,
  createExecutor: functionSchema<() => CodeExecutor | Promise<CodeExecutor>>(),
  host: z.string().min(1).default('127.0.0.1'),
  port: z.int().min(0).max(65_535).default(DEFAULT_PORT),
  token: z
    .string()
    .regex(/^[\w.~+/-]{16,1024}=*$/, 'expected at least 16 letters, digits or -._~+/')
    .optional(),
  maxSessions: z.int().min(1).max(10_000).default(16),
  idleMs: durationMsSchema.default(30 * 60_000),
  onError: functionSchema<(error: Error) => void>().default(() => () => {}),
});

/** The validated options, with the options of the MCP servers separated. */
export type ValidHttpOptions = Omit<z.output<typeof serveMcpHttpSchema>, keyof HttpSessionOptions['serverOptions']> &
  Pick<HttpSessionOptions, 'serverOptions'>;
