import { readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ENGINE_VERSIONS } from '../src/engine-versions.ts';
import { LEFT_OUT } from './bundle-modules.ts';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const INTRODUCTION = 'This package contains code of the following projects, under the licenses below.';
const LICENSE_FILE = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i;

/** Writes the licenses of all packages that `dist` contains code of. @throws {Error} if a package has no license. */
export function writeLicenses(root: string, bundledFiles: readonly string[]): void {
  const manifests = new Set(bundledFiles.filter((file) => file.includes('/node_modules/')).map((file) => manifestAbove(file)));
  for (const engine of Object.keys(ENGINE_VERSIONS)) addWithDependencies(manifests, findManifest(engine, join(root, 'package.json')));
  const packages = [...manifests].map(licenseOf);
  const compiled = readdirSync(join(root, 'licenses')).map((name) =>
    section(basename(name, '.txt'), readFileSync(join(root, 'licenses', name), 'utf8')),
  );
  writeFileSync(join(root, 'dist/THIRD-PARTY-LICENSES.txt'), [INTRODUCTION, ...[...packages, ...compiled].sort()].join('\n\n'));
}

/** The published bundle of just-bash contains most of its dependencies. */
function addWithDependencies(manifests: Set<string>, manifest: string): void {
  manifests.add(manifest);
  const names = Object.keys(readManifest(manifest).dependencies ?? {}).filter((name) => !LEFT_OUT.includes(name));
  for (const name of names) {
    const found = findManifest(name, manifest);
    if (!manifests.has(found)) addWithDependencies(manifests, found);
  }
}

function findManifest(name: string, from: string): string {
  const manifest = findPackageJSON(name, pathToFileURL(from));
  if (manifest === undefined) throw new Error(`Expected the package ${name}, needed by ${from}, to be installed.`);
  // Dependencies are found from the real path.
  return realpathSync(manifest);
}

function manifestAbove(file: string): string {
  const [folder = ''] = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? [];
  return join(folder, 'package.json');
}

function licenseOf(manifest: string): string {
  const { name, version, license } = readManifest(manifest);
  const title = `${name} ${version}`;
  const files = readdirSync(dirname(manifest)).filter((file) => LICENSE_FILE.test(file));
  if (files.length > 0) return files.map((file) => section(title, readFileSync(join(dirname(manifest), file), 'utf8'))).join('\n\n');
  if (license === undefined) throw new Error(`Expected a license file in the package ${name}.`);
  return section(title, `License: ${license}. The package contains no license text.`);
}

function section(title: string, text: string): string {
  return `${'='.repeat(80)}\n${title}\n${'='.repeat(80)}\n\n${text.trim()}\n`;
}

function readManifest(manifest: string): Manifest {
  return JSON.parse(readFileSync(manifest, 'utf8')) as Manifest;
}
