import type { RequestOptions as HttpsOptions } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import { SandpodError } from '@sandpod/core';
import { impersonationHeaders } from './impersonation.ts';
import type { KubeSettings } from './kube-settings.ts';

/**
 * Reads the TLS options and headers for one request. They are not cached, because tokens expire and exec plugins renew them.
 *
 * Like kubectl, omits the credentials if the server uses plain HTTP.
 *
 * @throws {SandpodError} `start-failed`.
 */
export async function credentialsOf({ config, source, server }: KubeSettings): Promise<HttpsOptions> {
  const isPlain = server.startsWith('http:');
  const impersonation = impersonationHeaders(config.getCurrentUser());
  // The library refuses plain HTTP, and its agent is needed only for a proxy.
  if (isPlain && config.getCurrentCluster()?.proxyUrl === undefined) return { headers: impersonation };
  const options: HttpsOptions = {};
  try {
    await withUser(config).applyToHTTPSOptions(options);
  } catch (error) {
    throw SandpodError.isInstance(error) ? error : unusable(source, error);
  }
  if (isPlain) return { agent: options.agent, headers: impersonation };
  return { ...options, headers: { ...options.headers, ...impersonation } };
}

/** Adds an empty user if the context has none, because the library would otherwise also omit the cluster's certificate authority. */
function withUser(config: KubeConfig): KubeConfig {
  const context = config.getContextObject(config.getCurrentContext());
  if (context === null || config.getCurrentUser() !== null) return config;
  const copy: KubeConfig = Object.assign(Object.create(Object.getPrototypeOf(config)), config);
  copy.users = [...config.users, { name: context.user }];
  return copy;
}

function unusable(source: string, cause: unknown): SandpodError {
  return new SandpodError({
    code: 'start-failed',
    message: `The configuration from ${source} cannot be used: ${cause instanceof Error ? cause.message : cause}.`,
    advice: 'Correct the configuration; run "kubectl version" to test it.',
    isRetryable: false,
    cause,
  });
}
