import { isIP } from 'node:net';
import type { MiddlewareHandler } from 'hono';
import { DemoFailure } from '../demo-failure.ts';

const LOOPBACK_NAMES: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];
/** Browsers leave it out. */
const DEFAULT_PORT = 80;
const SAFE_METHODS: readonly string[] = ['GET', 'HEAD'];

export interface GuardOptions {
  /** Where the server listens. */
  readonly hostname: string;
  /** Known only once it listens. */
  readonly port: () => number;
}

/**
 * Lets only our own page in. A foreign page that resolves its name to this machine sends its own name as `Host`; one that sends
 * requests here sends its `Origin`, and cannot send our header without being asked for permission first.
 */
export function guard(options: GuardOptions): MiddlewareHandler {
  return async (context, next) => {
    const { req } = context;
    const host = req.header('host') ?? '';
    if (!isOwnHost(host, options))
      throw refused('The host name of the request is not this server.', 'Open the address that the demo printed.');
    const origin = req.header('origin');
    if (origin !== undefined && origin !== `http://${host}`) throw foreign();
    const site = req.header('sec-fetch-site');
    if (req.path.startsWith('/api/') && site !== undefined && site !== 'same-origin' && site !== 'none') throw foreign();
    if (!SAFE_METHODS.includes(req.method) && req.header('x-sandpod-demo') !== '1') {
      throw refused('The request lacks the header "x-sandpod-demo: 1".', 'Programs may send it; other pages cannot.');
    }
    await next();
  };
}

function isOwnHost(host: string, { hostname, port }: GuardOptions): boolean {
  const [, name = '', digits] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(host.toLowerCase()) ?? [];
  if (Number(digits ?? DEFAULT_PORT) !== port()) return false;
  if (LOOPBACK_NAMES.includes(name)) return true;
  // An address cannot be pointed elsewhere as a name can.
  return !isLoopback(hostname) && (name === hostname.toLowerCase() || isIP(name.replace(/^\[|\]$/g, '')) > 0);
}

/** True when only programs of this machine can reach a server that listens there. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '::1' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function foreign(): DemoFailure {
  return refused('The request comes from another site.', 'Open the address that the demo printed.');
}

function refused(message: string, advice: string): DemoFailure {
  return new DemoFailure({ code: 'forbidden', message, advice });
}
