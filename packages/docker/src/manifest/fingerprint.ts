import { createHash } from 'node:crypto';
import { boundDirectory } from './bound-directory.ts';
import type { DockerOptions } from './docker-options.ts';

/** Tells containers apart that were made with different options; what concerns the client alone does not count. */
export function fingerprintOf(options: DockerOptions): string {
  const { containerName, autoRemove, startTimeoutMs, expiresInMs, graceMs, dockerHost, workDir, bindDir, ...made } = options;
  const text = JSON.stringify({ ...made, bound: boundDirectory(options) }, sortKeys);
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

function sortKeys(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)));
}
