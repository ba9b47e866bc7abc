import { GuestFileError } from '../guest/guest-file-error.ts';
import type { GuestRun } from './guest-run.ts';
import { ModuleError } from './module-error.ts';
import { moduleKind, withoutHashbang } from './module-kind.ts';
import { readText, refusalOf, resolveModule } from './module-resolution.ts';

const reserved = new Set([
  'default',
  'delete',
  'arguments',
  'await',
  'eval',
  'function',
  'import',
  'export',
  'new',
  'static',
  'with',
  'this',
  'null',
]);

function isExportName(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name) && !reserved.has(name);
}

/** Returns the source of a module that exports the properties of an existing value. */
function facade(expression: string, { from, names }: { readonly from: string; readonly names: Iterable<string> }): string {
  const exports = [...new Set(names)].filter(isExportName).map((name) => `export const ${name} = value.${name};`);
  return `import { ${expression.split('(')[0]} } from 'sandpod:/guest.js';\nconst value = ${expression};\nexport default value;\n${exports.join('\n')}\n// ${from}\n`;
}

/** Finds the exported names that are visible in the source of a CommonJS file, so that `import { name }` works. */
function exportedNames(source: string): string[] {
  const assigned = [...source.matchAll(/\bexports\.([A-Za-z_$][\w$]*)\s*=/g)].map((match) => match[1] ?? '');
  const literal = /\bmodule\.exports\s*=\s*\{([^{}]*)\}/.exec(source)?.[1] ?? '';
  const listed = literal.split(',').map((part) => /^\s*(?:\.\.\.)?([A-Za-z_$][\w$]*)/.exec(part)?.[1] ?? '');
  return [...assigned, ...listed].filter((name) => name !== '');
}

/** The prefix of modules that export the result of `require`. A program itself cannot import a name with this prefix. */
const required = 'require:';

function isOwn(name: string): boolean {
  return name.startsWith('sandpod:') || name.startsWith('node:') || name.startsWith(required);
}

/** Resolves a specifier that a program imports. @throws {ModuleError} */
export function normalizeSpecifier(run: GuestRun, { from, specifier }: { readonly from: string; readonly specifier: string }): string {
  if (isOwn(from)) return specifier;
  const builtins = Object.keys(run.builtins);
  if (run.sources.has(specifier)) return specifier;
  const found = resolveModule(run.context.files, { from, specifier, style: 'import', builtins });
  if ('builtin' in found) return `node:${found.builtin}`;
  if ('path' in found) return isRequired(run, found.path) ? `${required}${found.path}` : found.path;
  throw new ModuleError(`Cannot find ${found.missing.startsWith('/') ? 'module' : 'package'} '${found.missing}' imported from ${from}`);
}

function sourceOf(run: GuestRun, path: string): string {
  const given = run.sources.get(path);
  if (given !== undefined) return given;
  try {
    return withoutHashbang(readText(run.context.files, path));
  } catch (error) {
    throw new ModuleError(error instanceof GuestFileError ? `Cannot read module '${path}': ${error.code}` : `Cannot read module '${path}'`);
  }
}

function isTypescript(path: string): boolean {
  return /\.(?:ts|tsx|mts|cts)$/.test(path);
}

/** Adds `import.meta.url` and similar properties, on the first line, so that line numbers stay correct. */
function withMeta(path: string, source: string): string {
  if (!source.includes('import.meta')) return source;
  const directory = path.slice(0, path.lastIndexOf('/')) || '/';
  const meta = { url: `file://${encodeURI(path)}`, filename: path, dirname: directory };
  return `Object.assign(import.meta,${JSON.stringify(meta)},{resolve:(name)=>new URL(name,${JSON.stringify(meta.url)}).href});${source}`;
}

function isRequired(run: GuestRun, path: string): boolean {
  if (isTypescript(path)) throw new ModuleError(`Unknown file extension of '${path}': the sandbox runs JavaScript, not TypeScript`);
  return moduleKind({ vm: run.vm, files: run.context.files }, { path, source: sourceOf(run, path) }) !== 'module';
}

/** Returns the source of a module that the engine links next. @throws {ModuleError} */
export function loadModule(run: GuestRun, name: string): string {
  if (name.startsWith('node:')) {
    const builtin = name.slice('node:'.length);
    const call = `builtinNamed(${JSON.stringify(builtin)}, ${JSON.stringify(refusalOf(builtin))})`;
    return facade(call, { from: name, names: run.builtins[builtin] ?? [] });
  }
  if (!name.startsWith(required)) return withMeta(name, sourceOf(run, name));
  const path = name.slice(required.length);
  const names = path.endsWith('.json') ? [] : exportedNames(sourceOf(run, path));
  return facade(`requireFile(${JSON.stringify(path)})`, { from: path, names });
}
