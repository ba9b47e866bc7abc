import { readFileSync } from 'node:fs';
import type { Cluster } from '@kubernetes/client-node';
import { z } from 'zod';

const NAME = 'client.authentication.k8s.io/exec';

const schema = z.looseObject({
  extensions: z.array(z.looseObject({ name: z.string(), extension: z.unknown().optional() })).nullish(),
});

interface ClusterForPlugins extends Cluster {
  readonly execConfig?: unknown;
}

/** Returns the cluster together with its configuration for plugins, which the client library does not read. */
export function clusterForPlugins(cluster: Cluster, content: unknown): Cluster {
  const execConfig = schema.parse(content ?? {}).extensions?.find(({ name }) => name === NAME)?.extension;
  const whole: ClusterForPlugins = { ...cluster, execConfig };
  return whole;
}

/** Converts a cluster to the form that plugins receive. Source: the type Cluster in client.authentication.k8s.io/v1. */
export function clusterInfo(cluster: ClusterForPlugins): object {
  const { server, tlsServerName, skipTLSVerify, caData, caFile, proxyUrl, execConfig } = cluster;
  return {
    server,
    'tls-server-name': tlsServerName,
    'insecure-skip-tls-verify': skipTLSVerify || undefined,
    'certificate-authority-data': caData ?? (caFile === undefined ? undefined : readFileSync(caFile, 'base64')),
    'proxy-url': proxyUrl,
    config: execConfig,
  };
}
