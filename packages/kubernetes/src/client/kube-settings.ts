import type { KubeConfig } from '@kubernetes/client-node';
import { SandpodError } from '@sandpod/core';
import { type KubeSettingsOptions, type LoadedKubeConfig, loadKubeConfig } from './load-kube-config.ts';

/** A configuration together with where it came from. */
export interface KubeSettings {
  readonly config: KubeConfig;
  /** For people: which source was used. */
  readonly source: string;
  readonly server: string;
  /** The context's namespace, or the service account's, where there is one. */
  readonly namespace: string | undefined;
  /** Called when the server refuses the credentials; true when others can be had. */
  readonly renew: () => boolean;
}

/** @throws {SandpodError} `invalid-options` that lists the sources which were tried. */
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
    message: `The configuration from ${source} names no cluster for its context ${JSON.stringify(config.getCurrentContext())}.`,
    advice: 'Name one of its contexts with the option context, or correct the configuration.',
  });
}

function noAddress(server: string, source: string): SandpodError {
  const message = `The configuration from ${source}: expected a server such as https://host:6443, given ${JSON.stringify(server)}.`;
  return new SandpodError({ code: 'invalid-options', message, advice: 'Correct the configuration.' });
}
