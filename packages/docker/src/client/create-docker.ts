import { readFileSync } from 'node:fs';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { join } from 'node:path';
import { SandpodError } from '@sandpod/core';
import Docker from 'dockerode';
import { awaitWholeAnswers } from './await-whole-answers.ts';
import type { DockerEndpoint } from './docker-endpoint.ts';

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
  const docker = new Docker({ ...options, agent: createAgent(options.protocol === 'https') } as Docker.DockerOptions);
  awaitWholeAnswers(docker);
  return docker;
}

/**
 * Creates an agent with the same settings as Node's global agent. The global agent itself would share its connections with the whole
 * program.
 */
function createAgent(isSecure: boolean): HttpAgent {
  const settings = { keepAlive: true, scheduling: 'lifo', timeout: IDLE_MS } as const;
  return isSecure ? new HttpsAgent(settings) : new HttpAgent(settings);
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
