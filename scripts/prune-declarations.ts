/**
 * Removes from every `dist` the declaration files that no export of the package uses. They cannot be imported, and account for half of the
 * size.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

const packages = join(import.meta.dirname, '../packages');

for (const name of readdirSync(packages)) {
  const directory = join(packages, name);
  if (existsSync(join(directory, 'dist'))) prune(directory);
}

function prune(directory: string): void {
  const { exports = {} } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as {
    exports?: Record<string, { types: string }>;
  };
  const reachable = new Set<string>();
  for (const { types } of Object.values(exports)) collect(join(directory, types), reachable);
  const names = readdirSync(join(directory, 'dist'), { recursive: true, encoding: 'utf8' });
  const declarations = names.filter((file) => file.endsWith('.d.ts')).map((file) => join(directory, 'dist', file));
  for (const file of declarations.filter((declaration) => !reachable.has(declaration))) rmSync(file);
}

function collect(file: string, reachable: Set<string>): void {
  if (reachable.has(file)) return;
  reachable.add(file);
  for (const [, statement, type] of readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)'|import\("(\.[^"]+)"\)/g)) {
    collect(join(dirname(file), `${statement ?? type}`.replace(/\.[jt]s$/, '.d.ts')), reachable);
  }
}
