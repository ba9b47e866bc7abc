import { isIP } from 'node:net';
import type { MiddlewareHandler } from 'hono';
import { DemoFailure } from '../demo-failure.ts';

const LOOPBACK_NAMES: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];
/** Browsers omit this port in the `Host` header. */
const DEFAULT_PORT = 80;
const SAFE_METHODS: readonly string[] = ['GET', 'HEAD'];

export interface GuardOptions {
  /** The host name or address on which the server listens. */
  readonly hostname: string;
  /** Returns the port, which is known only after the server has started to listen. */
  readonly port: () => number;
}

/**
 * Accepts only requests from the demo's page. If the host name of another site resolves to this machine, requests from that site's page
 * contain that name in `Host`. If another site's page sends requests to this server, they contain that site in `Origin`, and the browser
 * does not let the page send the custom header.
 */
export function guard(options: GuardOptions): MiddlewareHandler {
  return async (context, next) => {
    const { req } = context;
    const host = req.header('host') ?? '';
    if (!isOwnHost(host, options))
      throw refused('The host name in the request is not the name of this server.', 'Open the address that the demo has printed.');
    const origin = req.header('origin');
    if (origin !== undefined && origin !== `http://${host}`) throw foreign();
    const site = req.header('sec-fetch-site');
    if (req.path.startsWith('/api/') && site !== undefined && site !== 'same-origin' && site !== 'none') throw foreign();
    if (!SAFE_METHODS.includes(req.method) && req.header('x-sandpod-demo') !== '1') {
      throw refused('The request lacks the header "x-sandpod-demo: 1".', 'Programs can send it; pages of other sites cannot.');
    }
    await next();
  };
}

function isOwnHost(host: string, { hostname, port }: GuardOptions): boolean {
  const [, name = '', digits] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(host.toLowerCase()) ?? [];
  if (Number(digits ?? DEFAULT_PORT) !== port()) return false;
  if (LOOPBACK_NAMES.includes(name)) return true;
  // An address is safe: unlike a host name, it cannot be made to resolve to this machine.
  return !isLoopback(hostname) && (name === hostname.toLowerCase() || isIP(name.replace(/^\[|\]$/g, '')) > 0);
}

/** Returns true if only programs on this machine can reach a server that listens on `hostname`. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '::1' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function foreign(): DemoFailure {
  return refused('The request comes from another site.', 'Open the address that the demo has printed.');
}

function refused(message: string, advice: string): DemoFailure {
  return new DemoFailure({ code: 'forbidden', message, advice });
}
