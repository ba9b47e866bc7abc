import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { addressesOf, listen } from '@sandpod/core/server';
import { UsageError } from '../usage-error.ts';
import { createApp } from './create-app.ts';
import type { DemoContext } from './demo-context.ts';

const FIRST_PORT = 3210;
const PORTS_TRIED = 20;

export interface ServerOptions {
  readonly demo: DemoContext;
  readonly pageDirectory: string;
  readonly hostname: string;
  /** Default: the first free port, starting at 3210. If 0, any free port. */
  readonly port?: number | undefined;
}

export interface RunningServer extends AsyncDisposable {
  readonly url: string;
  /** The URLs for other machines, if the server listens on all addresses. */
  readonly otherUrls: readonly string[];
  readonly port: number;
}

/** Starts the server. Disposal ends all sessions and connections and removes all sandboxes. @throws {UsageError} if no port is free. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { demo, hostname } = options;
  const bound = { port: 0 };
  const app = createApp({ ...options, port: () => bound.port });
  const server = createServer(getRequestListener(app.fetch, { hostname: '127.0.0.1', overrideGlobalObjects: false }));
  bound.port = await listenAnywhere(server, options);
  const [url = '', ...otherUrls] = addressesOf({ hostname, port: bound.port });
  return {
    url,
    otherUrls,
    port: bound.port,
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await demo.sessions.shutDown();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function listenAnywhere(server: Server, { hostname, port }: ServerOptions): Promise<number> {
  const ports = port === undefined ? Array.from({ length: PORTS_TRIED }, (_, index) => FIRST_PORT + index) : [port];
  for (const each of ports) {
    const bound = await tryPort(server, { hostname, port: each });
    if (bound !== undefined) return bound;
  }
  const what = ports.length === 1 ? `The port ${ports[0]} is` : `All ports from ${ports[0]} to ${ports.at(-1)} are`;
  throw new UsageError(`${what} in use at ${hostname}.`, 'Choose another port with --port, or any free port with --port 0.');
}

/** Listens on a port. Returns its number, or undefined if the port is in use. */
async function tryPort(server: Server, options: { readonly hostname: string; readonly port: number }): Promise<number | undefined> {
  try {
    return await listen(server, options);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') return undefined;
    throw new UsageError(`The demo cannot listen on ${options.hostname}:${options.port}: ${message}.`, 'Set another --host or --port.');
  }
}
