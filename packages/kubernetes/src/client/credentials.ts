import type { RequestOptions as HttpsOptions } from 'node:https';
import { SandpodError } from '@sandpod/core';
import { impersonationHeaders } from './impersonation.ts';
import type { KubeSettings } from './kube-settings.ts';

/**
 * The TLS options and headers of one request: tokens expire, exec plugins renew them.
 *
 * As with kubectl, no credentials are sent over plain HTTP. @throws {SandpodError} `start-failed`.
 */
export async function credentialsOf({ config, source, server }: KubeSettings): Promise<HttpsOptions> {
  const isPlain = server.startsWith('http:');
  const impersonation = impersonationHeaders(config.getCurrentUser());
  // The library refuses plain HTTP; only a proxy needs its agent then.
  if (isPlain && config.getCurrentCluster()?.proxyUrl === undefined) return { headers: impersonation };
  const options: HttpsOptions = {};
  try {
    await config.applyToHTTPSOptions(options);
  } catch (error) {
    throw SandpodError.isInstance(error) ? error : unusable(source, error);
  }
  if (isPlain) return { agent: options.agent, headers: impersonation };
  return { ...options, headers: { ...options.headers, ...impersonation } };
}

function unusable(source: string, cause: unknown): SandpodError {
  return new SandpodError({
    code: 'start-failed',
    message: `The configuration from ${source} cannot be used: ${cause instanceof Error ? cause.message : cause}.`,
    advice: 'Correct the configuration; "kubectl version" tells whether it can be used.',
    isRetryable: false,
    cause,
  });
}
