import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

const text = z.string().optional().catch(undefined);
const helpers = z.record(z.string(), z.string()).catch({}).default({});

const configSchema = z.object({
  currentContext: text,
  /** Maps each registry to the credentials that `docker login` saved for it. */
  auths: z
    .record(z.string(), z.object({ auth: text, username: text, password: text, identitytoken: text, registrytoken: text }).catch({}))
    .catch({})
    .default({}),
  /** The helper for registries that `credHelpers` does not list. */
  credsStore: text,
  /** Maps each registry to the name of its helper. */
  credHelpers: helpers,
});

/** The part of the `docker` command's configuration that sandpod uses. */
export type DockerConfig = z.output<typeof configSchema>;

/** Returns the directory that contains the `docker` command's configuration. */
export function dockerConfigDirectory(): string {
  return process.env['DOCKER_CONFIG'] || join(homedir(), '.docker');
}

/** Reads `config.json`. A missing or invalid file counts as empty. */
export function readDockerConfig(directory: string = dockerConfigDirectory()): DockerConfig {
  try {
    return configSchema.parse(JSON.parse(readFileSync(join(directory, 'config.json'), 'utf8')));
  } catch {
    return configSchema.parse({});
  }
}
