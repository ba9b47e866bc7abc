import { isIP } from 'node:net';

const LOOPBACK_NAMES: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];
/** Browsers omit this port in the `Host` header. */
const DEFAULT_PORT = 80;

/** Where a server listens. */
export interface OwnAddress {
  /** The host name or address on which the server listens. */
  readonly hostname: string;
  /** Returns the port, which is known only after the server has started to listen. */
  readonly port: () => number;
}

/** The headers of a request that show where it comes from. */
export interface RequestSource {
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** `Sec-Fetch-Site`. */
  readonly site?: string | undefined;
}

/**
 * Checks that a request was sent to this server by its own page or by a program. Returns undefined for such a request.
 *
 * If the host name of another site resolves to this machine, requests from that site's page contain that name in `Host`: `foreign-host`.
 * If another site's page sends requests to this server, they contain that site in `Origin`: `foreign-origin`.
 */
export function checkRequest({ host = '', origin, site }: RequestSource, own: OwnAddress): 'foreign-host' | 'foreign-origin' | undefined {
  if (!isOwnHost(host, own)) return 'foreign-host';
  if (origin !== undefined && origin !== `http://${host}`) return 'foreign-origin';
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return 'foreign-origin';
  return undefined;
}

function isOwnHost(host: string, { hostname, port }: OwnAddress): boolean {
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
