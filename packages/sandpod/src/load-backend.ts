import { SandpodError } from '@sandpod/core';
import { type BackendDefinition, closestName, requireNode } from '@sandpod/core/backend';
import { BACKENDS, type BackendListing } from './backends.ts';

/**
 * Loads the package of a back end.
 *
 * @throws {SandpodError} `unknown-backend`, or `backend-not-installed` with the command that installs the package.
 */
export async function loadBackend(name: string): Promise<BackendDefinition> {
  requireNode();
  return loadListing(name, findListing(name));
}

function findListing(name: string): BackendListing {
  const listings: readonly (readonly [string, BackendListing])[] = Object.entries(BACKENDS);
  const found = listings.find(([own, { aliases }]) => own === name || aliases?.includes(name));
  if (found) return found[1];
  const known = listings.flatMap(([own, { aliases = [] }]) => [own, ...aliases]).sort();
  const closest = closestName(name, known);
  throw new SandpodError({
    code: 'unknown-backend',
    message: `Expected one of the back ends ${known.map((each) => `"${each}"`).join(', ')}, got ${JSON.stringify(name)}.`,
    ...(closest === undefined ? {} : { advice: `Did you mean "${closest}"?` }),
    details: { name, known },
  });
}

/** Loads the package of a listed back end. */
export async function loadListing(name: string, listing: BackendListing): Promise<BackendDefinition> {
  try {
    const definition = await listing.load();
    // Despite the types, another version of the package may lack this function.
    if (typeof definition?.createExecutor !== 'function') throw new TypeError('it does not export a back end');
    return definition;
  } catch (cause) {
    throw notInstalled(name, listing.package, cause);
  }
}

function notInstalled(name: string, packageName: string, cause: unknown): SandpodError {
  const text = cause instanceof Error ? cause.message : String(cause);
  const command = `npm install ${packageName}`;
  const isAbsent = isMissing(packageName, cause);
  return new SandpodError({
    code: 'backend-not-installed',
    message: isAbsent
      ? `The back end "${name}" needs the package ${packageName}, which is not installed. Install it with: ${command}`
      : `The package ${packageName} of the back end "${name}" cannot be loaded: ${text}. Reinstall it with: ${command}`,
    advice: `Run: ${command}`,
    details: { name, package: packageName, command, isMissing: isAbsent },
    cause,
  });
}

function isMissing(packageName: string, cause: unknown): boolean {
  if (!(cause instanceof Error) || !('code' in cause)) return false;
  return (cause.code === 'ERR_MODULE_NOT_FOUND' || cause.code === 'MODULE_NOT_FOUND') && cause.message.includes(`'${packageName}'`);
}
