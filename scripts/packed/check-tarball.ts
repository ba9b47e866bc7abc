import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { Tarball } from './pack-packages.ts';

const CORE_LIMIT_BYTES = 120_000;
const CORE_DEPENDENCIES: ReadonlySet<string> = new Set(['zod', 'es-module-lexer']);
const REQUIRED_FILES = ['package.json', 'README.md', 'LICENSE'];
const ALLOWED_FILES =
  /^(?:package\.json|README\.md|LICENSE|CHANGELOG\.md|dist\/(?:.*\.(?:js|d\.ts)|THIRD-PARTY-LICENSES\.txt|engines\/[a-z-]+\.(?:wasm|so)|javascript\/prepared\/(?:memory\.bin|details\.json)|python\/prepared\/(?:python\.wasm|library\.bin|key\.txt)))$/;
/** The part of a bundle that several of its modules share, or that is loaded when it is needed. */
const CHUNK = /^dist\/[^/]+-[A-Z0-9]{8}\.js$/;
const TEST_FILES = /\.test\.(?:js|d\.ts)$/;

/** Returns all problems in a tarball's content, one sentence each. */
export async function checkTarball(tarball: Tarball): Promise<string[]> {
  const entries = await readdir(tarball.content, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => posix.relative(tarball.content, join(entry.parentPath, entry.name)));
  return [...checkFiles(files, tarball.directory), ...checkDependencies(tarball), ...checkSize(tarball)];
}

/** Reports development files (tests, sources, source maps), build output that has no source, and missing files. */
function checkFiles(files: readonly string[], directory: string): string[] {
  const missing = REQUIRED_FILES.filter((name) => !files.includes(name));
  const foreign = files.filter((name) => !ALLOWED_FILES.test(name) || TEST_FILES.test(name));
  const modules = files.filter((name) => name.startsWith('dist/') && name.endsWith('.js') && !TEST_FILES.test(name) && !CHUNK.test(name));
  const stale = modules.filter((name) => !hasSource(join(directory, name.replace(/^dist/, 'src'))));
  return [
    ...missing.map((name) => `lacks ${name}`),
    ...foreign.map((name) => `contains ${name}, which does not belong in a package`),
    ...stale.map((name) => `contains ${name}, whose source is gone: remove dist and build again`),
  ];
}

function hasSource(module: string): boolean {
  return existsSync(module) || existsSync(module.replace(/js$/, 'ts'));
}

function checkDependencies({ manifest }: Tarball): string[] {
  const dependencies = Object.entries(manifest.dependencies ?? {});
  const unresolved = dependencies.filter(([, range]) => /^(?:workspace|catalog|file|link):/.test(range));
  const foreign = dependencies.filter(([name]) => manifest.name === '@sandpod/core' && !CORE_DEPENDENCIES.has(name));
  return [
    ...unresolved.map(([name, range]) => `depends on ${name} by ${range}, which is not valid outside the workspace`),
    ...foreign.map(([name]) => `depends on ${name}; core may depend only on ${[...CORE_DEPENDENCIES].join(' and ')}`),
  ];
}

function checkSize({ manifest, size }: Tarball): string[] {
  const isTooLarge = manifest.name === '@sandpod/core' && size >= CORE_LIMIT_BYTES;
  return isTooLarge ? [`is ${size} bytes large; core must be smaller than ${CORE_LIMIT_BYTES}`] : [];
}
