import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { SandpodError } from '@sandpod/core';
import type { BackendDefinition } from '@sandpod/core/backend';
import { loadBackend } from '@sandpod/sandpod';

/** The file that Node runs, or a chunk beside it. */
const OWN_FILE = fileURLToPath(import.meta.url);

/**
 * Loads a back end that is installed beside this command, or else in the project of the current directory.
 *
 * @throws {SandpodError} `backend-not-installed`, with a command that works for the way in which this command was installed.
 */
export async function findBackend(name: string): Promise<BackendDefinition> {
  try {
    return await loadBackend(name);
  } catch (error) {
    if (!SandpodError.isInstance(error) || error.code !== 'backend-not-installed') throw error;
    const missing = String(error.details['package']);
    return (await loadFromProject(missing)) ?? refuse({ name, missing, error });
  }
}

/** Loads a package from the project of the current directory. Returns undefined if the project does not have it. */
async function loadFromProject(packageName: string): Promise<BackendDefinition | undefined> {
  let file: string;
  try {
    file = createRequire(join(process.cwd(), 'package.json')).resolve(packageName);
  } catch {
    return undefined;
  }
  return ((await import(pathToFileURL(file).href)) as { readonly backend?: BackendDefinition }).backend;
}

function refuse(options: { readonly name: string; readonly missing: string; readonly error: SandpodError }): never {
  const { name, missing, error } = options;
  if (error.details['isMissing'] !== true) throw error;
  throw new SandpodError({
    code: 'backend-not-installed',
    message: `The back end "${name}" needs the package ${missing}, which is installed neither beside this command nor in this project.`,
    advice: adviceFor(missing, { file: OWN_FILE, cwd: process.cwd() }),
    details: { name, package: missing },
    cause: error,
  });
}

/** Returns a command that installs a package where this command finds it. */
export function adviceFor(packageName: string, { file, cwd }: { readonly file: string; readonly cwd: string }): string {
  if (file.includes(`${sep}_npx${sep}`)) {
    return `Add the package to the command: npx --package @sandpod/cli --package ${packageName} sandpod ...`;
  }
  const [project = ''] = file.split(`${sep}node_modules${sep}`, 1);
  const isLocal = project !== dirname(file) && `${cwd}${sep}`.startsWith(`${project}${sep}`);
  return `Run: npm install ${isLocal ? '' : '--global '}${packageName}`;
}
