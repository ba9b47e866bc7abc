import { readFileSync } from 'node:fs';
import type { Agent as HttpAgent } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { SandpodError } from '@sandpod/core';
import type Docker from 'dockerode';
import { awaitWholeAnswers } from './await-whole-answers.ts';
import type { DockerEndpoint } from './docker-endpoint.ts';

const require = createRequire(import.meta.url);
let bundled: typeof Docker | undefined;

/** Uses this client library instead of the one in `node_modules`. */
export function useDockerode(library: typeof Docker): void {
  bundled = library;
}

/** Milliseconds for which an idle connection waits for the next request. */
const IDLE_MS = 5_000;

/**
 * These fields are explicitly undefined, because dockerode would otherwise fill them in from DOCKER_HOST, even if another address was
 * chosen.
 */
const NOT_FROM_ENVIRONMENT = { host: undefined, port: undefined, ca: undefined, cert: undefined, key: undefined, socketPath: undefined };

/** Creates a client for the daemon at an endpoint, without connecting. */
export function createDocker(endpoint: DockerEndpoint): Docker {
  const options = optionsFor(endpoint);
  const docker = new (bundled ?? load<typeof Docker>('dockerode'))({
    ...options,
    agent: createAgent(options.protocol === 'https'),
  } as Docker.DockerOptions);
  awaitWholeAnswers(docker);
  return docker;
}

/**
 * Loads a library at the first call, because programs that only import this package do not need it. `import` of `node:http` also loads the
 * web client of Node, which takes 20 ms.
 */
function load<Library>(name: 'dockerode' | 'node:http' | 'node:https'): Library {
  return require(name);
}

/**
 * Creates an agent with the same settings as Node's global agent. The global agent itself would share its connections with the whole
 * program.
 */
function createAgent(isSecure: boolean): HttpAgent {
  const settings = { keepAlive: true, scheduling: 'lifo', timeout: IDLE_MS } as const;
  const { Agent } = isSecure ? load<typeof import('node:https')>('node:https') : load<typeof import('node:http')>('node:http');
  return new Agent(settings);
}

/** Closes all idle connections of a client. */
export function closeIdleConnections(docker: Docker): void {
  const { agent } = docker.modem as { readonly agent?: HttpAgent };
  for (const socket of Object.values(agent?.freeSockets ?? {}).flatMap((sockets) => sockets ?? [])) socket.destroy();
}

function optionsFor(endpoint: DockerEndpoint): Docker.DockerOptions {
  const url = parseAddress(endpoint);
  if (url.protocol === 'unix:' || url.protocol === 'npipe:') {
    return { ...NOT_FROM_ENVIRONMENT, protocol: 'http', socketPath: decodeURIComponent(url.pathname) };
  }
  const tls = readCertificates(endpoint.certificates);
  const protocol = url.protocol === 'https:' || tls !== undefined ? 'https' : 'http';
  return {
    ...NOT_FROM_ENVIRONMENT,
    host: url.hostname,
    port: url.port || (protocol === 'https' ? '2376' : '2375'),
    protocol,
    ...tls,
  };
}

function parseAddress({ address, source }: DockerEndpoint): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url !== undefined && ['unix:', 'npipe:', 'tcp:', 'http:', 'https:'].includes(url.protocol)) return url;
  throw new SandpodError({
    code: 'invalid-options',
    message: `Expected a Docker address such as unix:///var/run/docker.sock or tcp://host:2376 from ${source}, given ${JSON.stringify(address)}.`,
    advice:
      'To reach a daemon over ssh, forward its socket: ssh -L /tmp/docker.sock:/var/run/docker.sock HOST, then set DOCKER_HOST=unix:///tmp/docker.sock.',
  });
}

function readCertificates(directory: string | undefined): { ca: Buffer; cert: Buffer; key: Buffer } | undefined {
  if (directory === undefined) return undefined;
  const read = (name: string): Buffer => readFileSync(join(directory, name));
  try {
    return { ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem') };
  } catch (cause) {
    const message = `Expected ca.pem, cert.pem and key.pem for the Docker daemon in ${directory}: ${(cause as Error).message}`;
    throw new SandpodError({ code: 'invalid-options', message, cause });
  }
}
