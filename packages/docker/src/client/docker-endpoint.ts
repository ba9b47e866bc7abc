import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SandpodError } from '@sandpod/core';
import { z } from 'zod';
import { dockerConfigDirectory, readDockerConfig } from './docker-config.ts';

/** Where the daemon listens, and how that was found out. */
export interface DockerEndpoint {
  /** A Docker host address, for example `unix:///var/run/docker.sock` or `tcp://10.0.0.1:2376`. */
  readonly address: string;
  /** For people: which source was used. */
  readonly source: string;
  /** Directory that must have `ca.pem`, `cert.pem` and `key.pem`; absent where no TLS was asked for. */
  readonly certificates?: string | undefined;
}

const CERTIFICATE_FILES = ['ca.pem', 'cert.pem', 'key.pem'] as const;
const DEFAULT_ADDRESS = 'unix:///var/run/docker.sock';

const metaSchema = z.object({ Endpoints: z.object({ docker: z.object({ Host: z.string() }) }) });

/** Finds the daemon as Docker's own command does: an address, `DOCKER_HOST`, `DOCKER_CONTEXT`, the current context, the default socket. */
export function findDockerEndpoint(options: { readonly dockerHost?: string | undefined }): DockerEndpoint {
  const { DOCKER_HOST, DOCKER_CONTEXT, DOCKER_CERT_PATH, DOCKER_TLS_VERIFY } = process.env;
  const directory = dockerConfigDirectory();
  const certificates = DOCKER_CERT_PATH || (DOCKER_TLS_VERIFY ? directory : undefined);
  if (options.dockerHost !== undefined) return { address: options.dockerHost, source: 'the dockerHost option', certificates };
  if (DOCKER_HOST) return { address: DOCKER_HOST, source: 'DOCKER_HOST', certificates };
  if (DOCKER_CONTEXT) return readContext(DOCKER_CONTEXT, { directory, source: 'DOCKER_CONTEXT' });
  const current = readDockerConfig(directory).currentContext;
  if (current !== undefined) return readContext(current, { directory, source: 'the current Docker context' });
  return { address: DEFAULT_ADDRESS, source: 'the default socket' };
}

function readContext(name: string, options: { readonly directory: string; readonly source: string }): DockerEndpoint {
  const source = `${options.source} (${name})`;
  if (name === 'default') return { address: DEFAULT_ADDRESS, source };
  const id = createHash('sha256').update(name).digest('hex');
  const meta = readJson(join(options.directory, 'contexts', 'meta', id, 'meta.json'), metaSchema);
  if (meta === undefined) {
    throw new SandpodError({
      code: 'invalid-options',
      message: `Expected a Docker context named ${JSON.stringify(name)} (from ${options.source}); there is none.`,
      advice: 'Name one that "docker context ls" lists.',
    });
  }
  const certificates = join(options.directory, 'contexts', 'tls', id, 'docker');
  const hasSome = CERTIFICATE_FILES.some((file) => existsSync(join(certificates, file)));
  return { address: meta.Endpoints.docker.Host, source, ...(hasSome && { certificates }) };
}

function readJson<T>(file: string, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}
