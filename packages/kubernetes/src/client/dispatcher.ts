import type { RequestOptions as HttpsOptions } from 'node:https';
import type { Dispatcher } from 'undici';
import { impersonationHeaders } from './impersonation.ts';
import type { KubeSettings } from './kube-settings.ts';
import { undici } from './libraries.ts';

/** Milliseconds without data before the first TCP keep-alive probe. The value is below the idle limits of common load balancers. */
const KEEP_ALIVE_MS = 30_000;

/** Creates a pool of persistent connections for one TLS identity. */
export function createDispatcher(options: HttpsOptions, settings: KubeSettings): Dispatcher {
  const { Agent, ProxyAgent } = undici();
  const { ca, cert, key, pfx, passphrase, rejectUnauthorized, servername } = options;
  const tls = Object.fromEntries(
    Object.entries({ ca, cert, key, pfx, passphrase, rejectUnauthorized, servername }).filter(([, value]) => value !== undefined),
  );
  const connect = { ...tls, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS };
  const proxyUrl = settings.config.getCurrentCluster()?.proxyUrl;
  // With HTTP/2, the library joins the values of a header, so two groups would become one group with a wrong name.
  const allowH2 = !Object.values(impersonationHeaders(settings.config.getCurrentUser())).some(Array.isArray);
  if (proxyUrl !== undefined) return new ProxyAgent({ uri: proxyUrl, requestTls: tls, connect, allowH2 });
  return new Agent({ connect, allowH2 });
}
