import type Docker from 'dockerode';
import { askCredentialHelper, type StoredSecret } from './credential-helper.ts';
import { type DockerConfig, readDockerConfig } from './docker-config.ts';

/** The key under which the `docker` command saves credentials for Docker Hub. */
const HUB = 'https://index.docker.io/v1/';
/** If a helper returns this user name, the secret is a token, not a password. */
const TOKEN_USER = '<token>';

export interface RegistryCredentials {
  /** The registry, as an argument for `docker login`; empty for Docker Hub. */
  readonly registry: string;
  /** The credentials for the daemon. If they are absent, the daemon pulls anonymously. */
  readonly authconfig?: Docker.AuthConfigObject;
  /** The reason why configured credentials could not be read. */
  readonly problem?: string;
}

/**
 * Finds the credentials that the `docker` command would use to pull an image. If a credential helper is configured, the credentials come
 * from the helper. Otherwise, they come from `config.json`.
 */
export async function findRegistryCredentials(
  image: string,
  options: { readonly config?: DockerConfig; readonly abortSignal?: AbortSignal | undefined } = {},
): Promise<RegistryCredentials> {
  const { config = readDockerConfig(), abortSignal } = options;
  const registry = registryOf(image);
  const key = registry || HUB;
  const helper = config.credHelpers[key] ?? config.credHelpers[registry || 'docker.io'] ?? config.credsStore;
  if (!helper) return withCredentials(registry, fromFile(config, key));
  try {
    const found = await askCredentialHelper({ helper, registry: key, abortSignal });
    return withCredentials(registry, found && fromHelper(found, key));
  } catch (error) {
    return { registry, problem: error instanceof Error ? error.message : String(error) };
  }
}

function withCredentials(registry: string, authconfig: Docker.AuthConfigObject | undefined): RegistryCredentials {
  return authconfig === undefined ? { registry } : { registry, authconfig };
}

/**
 * Returns the registry in an image's name; empty for Docker Hub. The first part of the name is a registry unless it could be the name of a
 * Docker Hub user.
 */
export function registryOf(image: string): string {
  const [first = '', ...rest] = image.split('/');
  const isRegistry = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  return isRegistry && first !== 'docker.io' && first !== 'index.docker.io' ? first : '';
}

function fromHelper({ username, secret }: StoredSecret, serveraddress: string): Docker.AuthConfigObject {
  return username === TOKEN_USER ? { identitytoken: secret, serveraddress } : { username, password: secret, serveraddress };
}

function fromFile({ auths }: DockerConfig, serveraddress: string): Docker.AuthConfigObject | undefined {
  const entry = auths[serveraddress] ?? Object.entries(auths).find(([key]) => hostOf(key) === hostOf(serveraddress))?.[1];
  if (entry === undefined) return undefined;
  const { identitytoken, registrytoken } = entry;
  if (identitytoken) return { identitytoken, serveraddress };
  if (registrytoken) return { registrytoken, serveraddress };
  const { username, password } = entry.auth ? decode(entry.auth) : entry;
  return username && password !== undefined ? { username, password, serveraddress } : undefined;
}

/** Returns `host` for both `https://host/v1/` and `host`. */
function hostOf(key: string): string {
  return key.replace(/^https?:\/\//, '').split('/')[0] ?? '';
}

function decode(auth: string): { readonly username: string; readonly password: string } {
  const text = Buffer.from(auth, 'base64').toString('utf8').replace(/\0+$/, '');
  const colon = text.indexOf(':');
  return colon < 0 ? { username: '', password: '' } : { username: text.slice(0, colon), password: text.slice(colon + 1) };
}
