import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { KubeConfig } from '@kubernetes/client-node';
import { SandpodError } from '@sandpod/core';
import { ExecPluginAuth } from './exec-plugin-auth.ts';
import { clientLibrary } from './libraries.ts';
import { type KubeConfigParts, parseKubeConfig } from './parse-kube-config.ts';
import { renewingUser, TokenFileAuth } from './token-file-auth.ts';

/** The content of a kubeconfig file as plain data. */
export interface KubeConfigContent {
  readonly clusters: readonly object[];
  readonly users?: readonly object[] | undefined;
  readonly contexts: readonly object[];
  readonly 'current-context'?: string | undefined;
}

/** Options that select the cluster and the credentials. */
export interface KubeSettingsOptions {
  /** A kubeconfig file. Default: the files in `KUBECONFIG`, else `~/.kube/config`, else the pod's service account. */
  readonly kubeConfigFile?: string | URL | undefined;
  /** A loaded configuration, or the content of a kubeconfig file as an object. Overrides all files. */
  readonly kubeConfig?: KubeConfig | KubeConfigContent | undefined;
  /** Name of a context in the configuration. Default: the configuration's current context. */
  readonly context?: string | undefined;
}

export interface LoadedKubeConfig {
  readonly config: KubeConfig;
  /** The source of the configuration, for messages. */
  readonly source: string;
  /** Discards credentials that the server rejected before they expired. Returns false if no other credentials are available. */
  readonly renew: () => boolean;
}

const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/**
 * Loads the configuration from the first source that exists: an option, the files in `KUBECONFIG`, the default file, or the pod's service
 * account.
 */
export function loadKubeConfig(options: KubeSettingsOptions): LoadedKubeConfig {
  const { kubeConfig, kubeConfigFile } = options;
  if (kubeConfig !== undefined) {
    const source = 'the kubeConfig option';
    // If another context is chosen, a copy is used, so that the choice does not change the caller's object. Otherwise, the object itself is
    // used, because the caller may replace the object's credentials.
    if ('getCurrentCluster' in kubeConfig)
      return { config: options.context === undefined ? kubeConfig : copyOf(kubeConfig), source, renew: () => false };
    return build(parseKubeConfig(JSON.stringify(kubeConfig), { source, directory: process.cwd() }), source);
  }
  if (kubeConfigFile !== undefined) return loadNamed(kubeConfigFile);
  const { KUBECONFIG } = process.env;
  if (KUBECONFIG) return loadList(KUBECONFIG);
  const file = join(homedir(), '.kube', 'config');
  if (existsSync(file)) return build(readFile(file), file);
  return loadInCluster(file);
}

function loadNamed(given: string | URL): LoadedKubeConfig {
  const file = given instanceof URL || given.startsWith('file:') ? fileURLToPath(given) : given;
  if (!existsSync(file)) throw invalid(`kubeConfigFile: expected an existing file, given ${JSON.stringify(file)}.`);
  return build(readFile(file), `the file ${file}`);
}

/** Merges files as kubectl does: files that do not exist are ignored, and the first file that sets a value wins. */
function loadList(list: string): LoadedKubeConfig {
  const files = list.split(delimiter).filter(Boolean);
  const parts = files.filter((file) => existsSync(file)).map(readFile);
  if (parts.length === 0) throw invalid(`KUBECONFIG: expected an existing file, given ${JSON.stringify(list)}.`);
  const first = <Item extends { readonly name: string }>(lists: readonly (readonly Item[])[]): Item[] => [
    ...new Map(
      lists
        .flat()
        .toReversed()
        .map((item) => [item.name, item]),
    ).values(),
  ];
  const merged: KubeConfigParts = {
    clusters: first(parts.map(({ clusters }) => clusters)),
    users: first(parts.map(({ users }) => users)),
    contexts: first(parts.map(({ contexts }) => contexts)),
    currentContext: parts.find(({ currentContext }) => currentContext)?.currentContext ?? '',
  };
  return build(merged, `KUBECONFIG (${list})`);
}

function loadInCluster(defaultFile: string): LoadedKubeConfig {
  if (!existsSync(SERVICE_ACCOUNT) || !process.env['KUBERNETES_SERVICE_HOST']) throw nothingFound(defaultFile);
  const config = new (clientLibrary().KubeConfig)();
  config.loadFromCluster();
  const users = config.getUsers().map((user) => renewingUser(user, SERVICE_ACCOUNT));
  const parts = { clusters: config.getClusters(), users, contexts: config.getContexts(), currentContext: config.getCurrentContext() };
  return build(parts, "the pod's service account");
}

function readFile(file: string): KubeConfigParts {
  const source = `the file ${file}`;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw invalid(`${source} cannot be read: ${cause instanceof Error ? cause.message : cause}.`, cause);
  }
  return parseKubeConfig(text, { source, directory: dirname(resolve(file)) });
}

function copyOf(config: KubeConfig): KubeConfig {
  return Object.assign(Object.create(Object.getPrototypeOf(config)), config);
}

function build(parts: KubeConfigParts, source: string): LoadedKubeConfig {
  const config = new (clientLibrary().KubeConfig)();
  const plugins = new ExecPluginAuth(() => config.getCurrentCluster());
  config.loadFromOptions(parts);
  config.addAuthenticator(new TokenFileAuth());
  config.addAuthenticator(plugins);
  return { config, source, renew: () => plugins.forget() };
}

function invalid(message: string, cause?: unknown): SandpodError {
  return new SandpodError({ code: 'invalid-options', message, cause });
}

function nothingFound(defaultFile: string): SandpodError {
  return new SandpodError({
    code: 'invalid-options',
    message: `No Kubernetes configuration was found; tried KUBECONFIG (not set), ~/.kube/config (no file ${defaultFile}) and the service account of a pod (no token).`,
    advice: 'Set KUBECONFIG or the option kubeConfigFile.',
  });
}
