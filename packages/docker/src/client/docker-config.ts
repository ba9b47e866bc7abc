import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

const text = z.string().optional().catch(undefined);
const helpers = z.record(z.string(), z.string()).catch({}).default({});

const configSchema = z.object({
  currentContext: text,
  /** Registry → what `docker login` wrote down. */
  auths: z
    .record(z.string(), z.object({ auth: text, username: text, password: text, identitytoken: text, registrytoken: text }).catch({}))
    .catch({})
    .default({}),
  /** The helper for every registry. */
  credsStore: text,
  /** Registry → its helper. */
  credHelpers: helpers,
});

/** What we use of the configuration of Docker's own command. */
export type DockerConfig = z.output<typeof configSchema>;

/** Where Docker's own command keeps its configuration. */
export function dockerConfigDirectory(): string {
  return process.env['DOCKER_CONFIG'] || join(homedir(), '.docker');
}

/** Reads `config.json`; what is missing or no JSON counts as empty. */
export function readDockerConfig(directory: string = dockerConfigDirectory()): DockerConfig {
  try {
    return configSchema.parse(JSON.parse(readFileSync(join(directory, 'config.json'), 'utf8')));
  } catch {
    return configSchema.parse({});
  }
}
