import { posix } from 'node:path';
import { PACKAGE_RULES, type PackageRule } from './floors.ts';
import { readImports, withoutComments } from './read-imports.ts';

/** One source file of a package. */
export interface SourceFile {
  /** The package's folder name. */
  readonly owner: string;
  /** Relative to the package, `/` between parts. */
  readonly path: string;
  readonly text: string;
}

const MAXIMUM_LINES = 250;

/** Everything that one source file does against the structure of the project, one sentence each. */
export function checkSource(file: SourceFile): string[] {
  const rule = PACKAGE_RULES[file.owner];
  if (rule === undefined) return [`packages/${file.owner} is not in scripts/structure/floors.ts: say there what it may import.`];
  const imports = readImports(file.text).map((name) => checkImport({ file, name, rule }));
  return [...checkSize(file), ...checkIndex(file), ...imports.filter((problem) => problem !== undefined)];
}

function checkSize(file: SourceFile): string[] {
  const lines = file.text.split('\n').length - 1;
  return lines <= MAXIMUM_LINES || isTest(file)
    ? []
    : [`has ${lines} lines; the limit is ${MAXIMUM_LINES}: give part of it a file of its own.`];
}

function checkIndex(file: SourceFile): string[] {
  if (posix.basename(file.path) !== 'index.ts') return [];
  const rest = withoutComments(file.text)
    .replaceAll(/^export (?:type )?(?:\*(?: as \w+)?|\{[^}]*\}) from '[^']+';$/gm, '')
    .trim();
  return rest === '' ? [] : [`holds more than re-exports: ${JSON.stringify(rest.slice(0, 60))}.`];
}

function checkImport(options: { readonly file: SourceFile; readonly name: string; readonly rule: PackageRule }): string | undefined {
  const { file, name } = options;
  if (name.startsWith('node:') || name === 'zod' || name.startsWith('zod/')) return undefined;
  if (name.startsWith('.')) return checkRelative(file, name);
  return name.startsWith('@sandpod/') ? checkOwn(options) : checkVendor(options);
}

function checkRelative(file: SourceFile, name: string): string | undefined {
  const target = posix.join(posix.dirname(file.path), name);
  return target.startsWith('..') ? `imports ${name}, which leaves the package: import the package by its name.` : undefined;
}

function checkOwn(options: { readonly file: SourceFile; readonly name: string; readonly rule: PackageRule }): string | undefined {
  const { file, name, rule } = options;
  const folder = name.split('/')[1] ?? '';
  const allowed = isTest(file) ? [...rule.imports, 'testkit', file.owner] : rule.imports;
  return allowed.includes(folder) ? undefined : `imports ${name}; packages/${file.owner} may import ${list(allowed)} of ours.`;
}

function checkVendor(options: { readonly file: SourceFile; readonly name: string; readonly rule: PackageRule }): string | undefined {
  const { file, name, rule } = options;
  if (isTest(file) && (name === 'vitest' || name.startsWith('vitest/'))) return undefined;
  if (rule.vendors.some((place) => file.path.startsWith(`src/${place}`))) return undefined;
  return `imports ${name}; in packages/${file.owner} only ${list(rule.vendors.map((place) => `src/${place}`))} may import what others made.`;
}

function isTest(file: SourceFile): boolean {
  return file.path.endsWith('.test.ts') || file.path.startsWith('test/');
}

function list(names: readonly string[]): string {
  return names.length === 0 ? 'nothing' : names.join(', ');
}
