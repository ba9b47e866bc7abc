import type { KubeConfig } from '@kubernetes/client-node';
import { SandpodError } from '@sandpod/core';
import { type KubeSettingsOptions, type LoadedKubeConfig, loadKubeConfig } from './load-kube-config.ts';

/** A configuration and its source. */
export interface KubeSettings {
  readonly config: KubeConfig;
  /** The source of the configuration, for messages. */
  readonly source: string;
  readonly server: string;
  /** The namespace of the context or of the service account. */
  readonly namespace: string | undefined;
  /** Called when the server rejects the credentials. Returns true if new credentials are available. */
  readonly renew: () => boolean;
}

/** Loads the configuration that the options select. @throws {SandpodError} `invalid-options`, with the sources that were tried. */
export function loadKubeSettings(options: KubeSettingsOptions): KubeSettings {
  const loaded = loadKubeConfig(options);
  const { config, source, renew } = loaded;
  if (options.context !== undefined) chooseContext(options.context, loaded);
  const server = config.getCurrentCluster()?.server;
  if (server === undefined) throw noCluster(loaded);
  if (!/^https?:\/\/./.test(server) || !URL.canParse(server)) throw noAddress(server, source);
  const namespace = config.getContextObject(config.getCurrentContext())?.namespace?.trim();
  return { config, source, server, namespace: namespace === '' ? undefined : namespace, renew };
}

function chooseContext(context: string, { config, source }: LoadedKubeConfig): void {
  const known = config.getContexts().map(({ name }) => name);
  if (!known.includes(context)) {
    throw new SandpodError({
      code: 'invalid-options',
      message: `context: expected one of ${known.join(', ') || 'none'} (from ${source}), given ${JSON.stringify(context)}.`,
    });
  }
  config.setCurrentContext(context);
}

function noCluster({ config, source }: LoadedKubeConfig): SandpodError {
  return new SandpodError({
    code: 'invalid-options',
    message: `The configuration from ${source} has no cluster for its context ${JSON.stringify(config.getCurrentContext())}.`,
    advice: 'Set the option context to one of its contexts, or correct the configuration.',
  });
}

function noAddress(server: string, source: string): SandpodError {
  const message = `The configuration from ${source}: expected a server such as https://host:6443, given ${JSON.stringify(server)}.`;
  return new SandpodError({ code: 'invalid-options', message, advice: 'Correct the configuration.' });
}
