import { posix } from 'node:path';
import { PACKAGE_RULES, type PackageRule } from './floors.ts';
import { type Import, readImports, withoutComments } from './read-imports.ts';

/** A source file of a package or an app. */
export interface SourceFile {
  /** The folder name of the package or app. */
  readonly owner: string;
  /** Path relative to that folder, with `/` between its parts. */
  readonly path: string;
  readonly text: string;
}

const MAXIMUM_LINES = 250;

/** Returns all violations of the project's structure in a source file, one sentence each. */
export function checkSource(file: SourceFile): string[] {
  const rule = PACKAGE_RULES[file.owner];
  if (rule === undefined) return [`${file.owner} is not in scripts/structure/floors.ts: list there what it may import.`];
  const imports = readImports(file.text).map((imported) => checkImport({ file, rule, imported }));
  return [...checkSize(file), ...checkIndex(file), ...imports.filter((problem) => problem !== undefined)];
}

function checkSize(file: SourceFile): string[] {
  const lines = file.text.split('\n').length - 1;
  return lines <= MAXIMUM_LINES || isTest(file)
    ? []
    : [`has ${lines} lines; the limit is ${MAXIMUM_LINES}: move a part of it to another file.`];
}

function checkIndex(file: SourceFile): string[] {
  if (posix.basename(file.path) !== 'index.ts') return [];
  const rest = withoutComments(file.text)
    .replaceAll(/^export (?:type )?(?:\*(?: as \w+)?|\{[^}]*\}) from '[^']+';$/gm, '')
    .trim();
  return rest === '' ? [] : [`contains more than re-exports: ${JSON.stringify(rest.slice(0, 60))}.`];
}

interface ImportOptions {
  readonly file: SourceFile;
  readonly rule: PackageRule;
  readonly imported: Import;
}

function checkImport(options: ImportOptions): string | undefined {
  const { name } = options.imported;
  if (name.startsWith('node:') || name === 'zod' || name.startsWith('zod/')) return undefined;
  if (name.startsWith('.')) return checkRelative(options);
  return name.startsWith('@sandpod/') ? checkOwn(options) : checkVendor(options);
}

function checkRelative({ file, imported }: ImportOptions): string | undefined {
  const target = posix.join(posix.dirname(file.path), imported.name);
  // Tests may start, stop and harm the testbed's services.
  if (isTest(file) && target.startsWith('../../testbed/')) return undefined;
  return target.startsWith('..') ? `imports ${imported.name}, which is outside the package: import the package by its name.` : undefined;
}

function checkOwn({ file, rule, imported }: ImportOptions): string | undefined {
  const folder = imported.name.split('/')[1] ?? '';
  // Tests on any floor may use the embedded sandbox, which needs no platform.
  const allowed = isTest(file) ? [...rule.imports, ...(rule.testImports ?? []), 'testkit', 'embedded', file.owner] : rule.imports;
  return allowed.includes(folder) ? undefined : `imports ${imported.name}; ${file.owner} may import only these packages: ${list(allowed)}.`;
}

/** A package that has a vendor's client may import the client's types everywhere. Tests may import all declared dependencies. */
function checkVendor({ file, rule, imported }: ImportOptions): string | undefined {
  if (isTest(file) || (imported.isType && rule.vendors.length > 0)) return undefined;
  if (rule.vendors.some((place) => file.path.startsWith(`src/${place}`))) return undefined;
  const places = list(rule.vendors.map((place) => `src/${place}`));
  return `imports ${imported.name}; ${file.owner} may import third-party packages only in: ${places}.`;
}

function isTest(file: SourceFile): boolean {
  return file.path.endsWith('.test.ts') || file.path.startsWith('test/');
}

function list(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ');
}
