import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SandpodError } from '@sandpod/core';
import { z } from 'zod';
import { dockerConfigDirectory, readDockerConfig } from './docker-config.ts';

/** The daemon's address and the setting that contained it. */
export interface DockerEndpoint {
  /** A Docker host address, for example `unix:///var/run/docker.sock` or `tcp://10.0.0.1:2376`. */
  readonly address: string;
  /** The setting that contained the address, for messages. */
  readonly source: string;
  /** A directory that must contain `ca.pem`, `cert.pem` and `key.pem`. If it is absent, TLS is not used. */
  readonly certificates?: string | undefined;
}

const CERTIFICATE_FILES = ['ca.pem', 'cert.pem', 'key.pem'] as const;
const DEFAULT_ADDRESS = 'unix:///var/run/docker.sock';

const metaSchema = z.object({ Endpoints: z.object({ docker: z.object({ Host: z.string() }) }) });

/**
 * Finds the daemon in the same way as the `docker` command. Uses the first of these settings that exists: the given address, `DOCKER_HOST`,
 * `DOCKER_CONTEXT`, the current context. Otherwise, uses the default socket.
 */
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
      message: `There is no Docker context named ${JSON.stringify(name)} (from ${options.source}).`,
      advice: 'Use a context that "docker context ls" lists.',
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
