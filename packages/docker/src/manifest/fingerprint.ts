import { createHash } from 'node:crypto';
import { boundDirectory } from '../options/bound-directory.ts';
import type { DockerOptions } from '../options/docker-options-schema.ts';

/** Returns a hash of the options that affect a container. Containers with the same fingerprint are interchangeable. */
export function fingerprintOf(options: DockerOptions): string {
  const { containerName, autoRemove, startTimeoutMs, expiresInMs, graceMs, dockerHost, workDir, bindDir, ...made } = options;
  const text = JSON.stringify({ ...made, bound: boundDirectory(options) }, sortKeys);
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

function sortKeys(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)));
}
