import { posix } from 'node:path';
import { ABSENT_NODE_MODULES } from '../environment/javascript-lacks.ts';
import { reasonsByName } from '../environment/listed-lacks.ts';
import { NOT_INCLUDED } from '../environment/reasons.ts';
import type { GuestFileSystem } from '../guest/guest-contract.ts';
import { readWholeFile } from './whole-file.ts';

/** Modules that Node finds only with the prefix `node:`. Without the prefix, the name is that of a package. */
const prefixed: ReadonlySet<string> = new Set(['sea', 'sqlite', 'test', 'test/reporters']);
const absent = reasonsByName(ABSENT_NODE_MODULES);

/** Why a built-in module of Node cannot be loaded. */
export function refusalOf(builtin: string): string {
  return absent.get(builtin) ?? NOT_INCLUDED;
}

export type ResolvedModule =
  | { readonly builtin: string; readonly refusal: string }
  | { readonly path: string }
  | { readonly missing: string };

export interface ModuleRequest {
  /** The file that contains the import. */
  readonly from: string;
  readonly specifier: string;
  /** `require` also tries extensions and `index.js`; `import` needs the exact file. */
  readonly style: 'import' | 'require';
}

const manifestLimit = 1 << 20;

export function readText(files: GuestFileSystem, path: string): string {
  return new TextDecoder().decode(readWholeFile(files, { path, limit: 64 << 20 }));
}

function isFile(files: GuestFileSystem, path: string): boolean {
  try {
    return files.stat(path).type === 'file';
  } catch {
    return false;
  }
}

export function readManifest(files: GuestFileSystem, directory: string): Record<string, unknown> | undefined {
  const path = posix.join(directory, 'package.json');
  if (!isFile(files, path) || files.stat(path).size > manifestLimit) return undefined;
  try {
    const value: unknown = JSON.parse(readText(files, path));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

const extensions = ['', '.js', '.json', '.cjs', '.mjs'];

function findFile(files: GuestFileSystem, path: string): string | undefined {
  for (const extension of extensions) if (isFile(files, path + extension)) return path + extension;
  const main = readManifest(files, path)?.['main'];
  const entries = [
    ...(typeof main === 'string' ? [posix.join(path, main), posix.join(path, `${main}.js`)] : []),
    posix.join(path, 'index.js'),
  ];
  return entries.find((entry) => isFile(files, entry));
}

/** Returns the main entry in a package's `exports`. Entries for subpaths are not supported. */
function exportedEntry(exports: unknown, style: 'import' | 'require'): string | undefined {
  if (typeof exports === 'string') return exports;
  if (typeof exports !== 'object' || exports === null) return undefined;
  const conditions = exports as Record<string, unknown>;
  for (const key of ['.', style, 'node', 'default']) {
    if (Object.hasOwn(conditions, key)) return exportedEntry(conditions[key], style);
  }
  return undefined;
}

function findPackage(files: GuestFileSystem, { from, specifier, style }: ModuleRequest): string | undefined {
  const parts = specifier.split('/');
  const name = parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
  const rest = specifier.slice(name.length + 1);
  for (let directory = posix.dirname(from); ; directory = posix.dirname(directory)) {
    const root = posix.join(directory, 'node_modules', name);
    const entry = rest === '' ? exportedEntry(readManifest(files, root)?.['exports'], style) : rest;
    const found = findFile(files, entry === undefined ? root : posix.join(root, entry));
    if (found !== undefined) return found;
    if (directory === '/') return undefined;
  }
}

function fileFromUrl(specifier: string): string {
  return decodeURIComponent(new URL(specifier).pathname);
}

/** Finds a module in the same way as Node: a built-in module, a file, or a package in `node_modules`. */
export function resolveModule(files: GuestFileSystem, request: ModuleRequest & { readonly builtins: readonly string[] }): ResolvedModule {
  const { from, specifier, style, builtins } = request;
  const bare = specifier.startsWith('node:') ? specifier.slice(5) : specifier;
  if (specifier.startsWith('node:') || builtins.includes(bare) || (absent.has(bare) && !prefixed.has(bare)))
    return { builtin: bare, refusal: refusalOf(bare) };
  const isUrl = specifier.startsWith('file:');
  if (isUrl || /^\.{0,2}\//.test(specifier) || specifier === '.' || specifier === '..') {
    const path = isUrl ? fileFromUrl(specifier) : posix.resolve(posix.dirname(from), specifier);
    const exact = isFile(files, path) ? path : undefined;
    const found = style === 'require' ? findFile(files, path) : exact;
    return found === undefined ? { missing: path } : { path: found };
  }
  const found = findPackage(files, request);
  return found === undefined ? { missing: specifier } : { path: found };
}
