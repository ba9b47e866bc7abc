import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SandpodError } from '@sandpod/core';
import Docker from 'dockerode';
import { awaitWholeAnswers } from './await-whole-answers.ts';
import type { DockerEndpoint } from './docker-endpoint.ts';

/** dockerode takes from DOCKER_HOST what its options leave out, although another address was chosen. */
const NOT_FROM_ENVIRONMENT = { host: undefined, port: undefined, ca: undefined, cert: undefined, key: undefined, socketPath: undefined };

/** A client for the daemon at an endpoint; nothing is sent yet. */
export function createDocker(endpoint: DockerEndpoint): Docker {
  const docker = new Docker(optionsFor(endpoint));
  awaitWholeAnswers(docker);
  return docker;
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
      'For a daemon behind ssh, forward its socket: ssh -L /tmp/docker.sock:/var/run/docker.sock HOST, then DOCKER_HOST=unix:///tmp/docker.sock.',
  });
}

function readCertificates(directory: string | undefined): { ca: Buffer; cert: Buffer; key: Buffer } | undefined {
  if (directory === undefined) return undefined;
  const read = (name: string): Buffer => readFileSync(join(directory, name));
  try {
    return { ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem') };
  } catch (cause) {
    const message = `Expected ca.pem, cert.pem and key.pem in ${directory}, for the Docker daemon: ${(cause as Error).message}`;
    throw new SandpodError({ code: 'invalid-options', message, cause });
  }
}
