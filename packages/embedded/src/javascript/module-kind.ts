import { posix } from 'node:path';
import { EvalFlags, type QuickJS } from 'quickjs-wasi';
import type { GuestFileSystem } from '../guest/guest-contract.ts';
import { readManifest } from './module-resolution.ts';

export type ModuleKind = 'commonjs' | 'module' | 'json';

/** Turns a first line such as `#!/usr/bin/env node` into a comment. */
export function withoutHashbang(source: string): string {
  return source.startsWith('#!') ? `//${source.slice(2)}` : source;
}

function compiles(vm: QuickJS, source: string, flags: number): boolean {
  try {
    vm.compile(source, 'sandpod:probe', flags);
    return true;
  } catch {
    return false;
  }
}

/** Detects the kind by the syntax, as in Node: code that compiles only as a module is an ES module. Other code is CommonJS. */
export function kindBySyntax(vm: QuickJS, source: string): 'commonjs' | 'module' {
  if (!/\b(?:import|export|await)\b/.test(source)) return 'commonjs';
  if (compiles(vm, `(function (exports, require, module, __filename, __dirname) {${source}\n})`, EvalFlags.TYPE_GLOBAL)) return 'commonjs';
  if (compiles(vm, source, EvalFlags.TYPE_MODULE)) return 'module';
  return /^[^\S\n]*(?:import|export)\b/m.test(source) ? 'module' : 'commonjs';
}

function packageType(files: GuestFileSystem, path: string): unknown {
  for (let directory = posix.dirname(path); ; directory = posix.dirname(directory)) {
    const manifest = readManifest(files, directory);
    if (manifest) return manifest['type'];
    if (directory === '/') return undefined;
  }
}

export interface ModuleFile {
  readonly path: string;
  readonly source: string;
}

/** Determines the kind of a file by its extension, else by the nearest `package.json`, else by its syntax. */
export function moduleKind(
  { vm, files }: { readonly vm: QuickJS; readonly files: GuestFileSystem },
  { path, source }: ModuleFile,
): ModuleKind {
  const extension = posix.extname(path);
  if (extension === '.json') return 'json';
  if (extension === '.mjs') return 'module';
  if (extension === '.cjs') return 'commonjs';
  const type = packageType(files, path);
  if (type === 'module' || type === 'commonjs') return type;
  return kindBySyntax(vm, source);
}
