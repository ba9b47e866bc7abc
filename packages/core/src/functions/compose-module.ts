import { parsePythonFunction } from './parse-python-function.ts';
import type { GlobalImport, ImportAlias, PythonFunction } from './python-function.ts';
import { withRequirements } from './with-requirements.ts';

/**
 * Returns the source of a Python module that contains the functions. The imports come first, each import once, with `__future__` imports at
 * the top.
 */
export function composeModule(given: readonly (string | PythonFunction)[]): string {
  const functions = given.map((each) => (typeof each === 'string' ? withRequirements(each) : each));
  const imports = [...new Set(functions.flatMap(({ globalImports = [] }) => globalImports.map(importLine)))];
  const sources = functions.map(({ source }) => parsePythonFunction(source).source);
  const isFuture = (line: string): boolean => line.startsWith('from __future__ ');
  const top = [...imports.filter(isFuture), ...imports.filter((line) => !isFuture(line))].join('\n');
  return `${[...(top === '' ? [] : [top]), ...sources].join('\n\n\n')}\n`;
}

function importLine(wanted: GlobalImport): string {
  if (typeof wanted === 'string') return `import ${wanted}`;
  if ('alias' in wanted) return `import ${wanted.module} as ${wanted.alias}`;
  return `from ${wanted.module} import ${wanted.imports.map(importedName).join(', ')}`;
}

function importedName(wanted: string | ImportAlias): string {
  return typeof wanted === 'string' ? wanted : `${wanted.name} as ${wanted.alias}`;
}
