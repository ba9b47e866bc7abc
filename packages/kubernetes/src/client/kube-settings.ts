import { existsSync } from 'node:fs';
import { delimiter } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { SandpodError } from '@sandpod/core';

/** Where a cluster and the rights to use it are described. */
export interface KubeSettingsOptions {
  /** Path of a kubeconfig file. Default: `KUBECONFIG`, `~/.kube/config`, then the pod's service account. */
  readonly kubeConfigFile?: string | undefined;
  /** A loaded configuration; wins over every file. */
  readonly kubeConfig?: KubeConfig | undefined;
  /** Name of a context in the configuration. Default: its current one. */
  readonly context?: string | undefined;
}

/** A configuration together with where it came from. */
export interface KubeSettings {
  readonly config: KubeConfig;
  /** For people: which source was used. */
  readonly source: string;
  readonly server: string;
  /** The context's namespace, where it names one. */
  readonly namespace: string | undefined;
}

const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/** @throws {SandpodError} `invalid-options` that lists the sources which were tried. */
export function loadKubeSettings(options: KubeSettingsOptions): KubeSettings {
  const { config, source } = loadConfig(options);
  if (options.context !== undefined) chooseContext(config, options.context, source);
  const server = config.getCurrentCluster()?.server;
  if (server === undefined) throw noCluster(config, source);
  return { config, source, server, namespace: config.getContextObject(config.getCurrentContext())?.namespace };
}

function loadConfig(options: KubeSettingsOptions): { config: KubeConfig; source: string } {
  if (options.kubeConfig !== undefined) return { config: options.kubeConfig, source: 'the kubeConfig option' };
  const config = new KubeConfig();
  if (options.kubeConfigFile !== undefined) return loadFile(config, options.kubeConfigFile);
  const source = defaultSource();
  if (source === undefined) throw nothingFound();
  config.loadFromDefault();
  return { config, source };
}

function loadFile(config: KubeConfig, file: string): { config: KubeConfig; source: string } {
  if (!existsSync(file)) {
    throw new SandpodError({
      code: 'invalid-options',
      message: `kubeConfigFile: expected an existing file, given ${JSON.stringify(file)}.`,
    });
  }
  config.loadFromFile(file);
  return { config, source: `the file ${file}` };
}

function defaultSource(): string | undefined {
  const { KUBECONFIG, HOME = '' } = process.env;
  if (KUBECONFIG) {
    const files = KUBECONFIG.split(delimiter).filter(Boolean);
    if (files.some((file) => existsSync(file))) return `KUBECONFIG (${KUBECONFIG})`;
    throw new SandpodError({
      code: 'invalid-options',
      message: `KUBECONFIG: expected an existing file, given ${JSON.stringify(KUBECONFIG)}.`,
    });
  }
  if (existsSync(`${HOME}/.kube/config`)) return `${HOME}/.kube/config`;
  return existsSync(SERVICE_ACCOUNT) ? "the pod's service account" : undefined;
}

function chooseContext(config: KubeConfig, context: string, source: string): void {
  const known = config.getContexts().map(({ name }) => name);
  if (!known.includes(context)) {
    throw new SandpodError({
      code: 'invalid-options',
      message: `context: expected one of ${known.join(', ') || 'none'} (from ${source}), given ${JSON.stringify(context)}.`,
    });
  }
  config.setCurrentContext(context);
}

function noCluster(config: KubeConfig, source: string): SandpodError {
  return new SandpodError({
    code: 'invalid-options',
    message: `The configuration from ${source} names no cluster for its context ${JSON.stringify(config.getCurrentContext())}.`,
  });
}

function nothingFound(): SandpodError {
  return new SandpodError({
    code: 'invalid-options',
    message:
      'No Kubernetes configuration was found; tried KUBECONFIG (not set), ~/.kube/config (no such file) and the service account of a pod (no token).',
    advice: 'Set KUBECONFIG, or give kubeConfigFile.',
  });
}
