import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { npmInstall } from './consume-tarballs.ts';
import type { Tarball } from './pack-packages.ts';

const LIMIT_BYTES = 60e6;
/** What a user of the default back end installs. */
export const INSTALLED: readonly string[] = ['@sandpod/core', '@sandpod/embedded', '@sandpod/kernel', '@sandpod/sandpod'];
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall'];

/**
 * Installs the default back end in an empty project. Returns one sentence about its weight.
 *
 * @throws {Error} if the installed files are too large, or if a package runs a script when it is installed.
 */
export async function checkWeight(options: { readonly tarballs: readonly Tarball[]; readonly directory: string }): Promise<string> {
  const { tarballs, directory } = options;
  await mkdir(directory);
  await writeFile(join(directory, 'package.json'), '{ "private": true }');
  await npmInstall(
    directory,
    tarballs.filter(({ manifest }) => INSTALLED.includes(manifest.name)).map(({ file }) => file),
  );
  const entries = await readdir(join(directory, 'node_modules'), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  const megabytes = `${(bytes / 1e6).toFixed(1)} MB`;
  if (bytes > LIMIT_BYTES) throw new Error(`the default back end installs ${megabytes}; the limit is ${LIMIT_BYTES / 1e6} MB`);
  for (const file of files.filter((name) => basename(name) === 'package.json')) await refuseScripts(file);
  return `the default back end installs ${megabytes} in ${files.length} files`;
}

async function refuseScripts(manifest: string): Promise<void> {
  const { scripts = {} } = JSON.parse(await readFile(manifest, 'utf8')) as { scripts?: Record<string, string> };
  const found = INSTALL_SCRIPTS.filter((name) => Object.hasOwn(scripts, name));
  if (found.length > 0) throw new Error(`${manifest} runs a script when it is installed: ${found.join(', ')}`);
}
