import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { SourceFile } from './check-source.ts';

/** Returns the TypeScript sources of all packages and apps below `root`, without files that git ignores. */
export function readSources(root: string): SourceFile[] {
  return ['packages', 'apps'].flatMap((group) =>
    subdirectories(join(root, group)).flatMap((owner) =>
      ['src', 'test'].flatMap((part) => listSources(join(root, group, owner), part)).map((file) => ({ ...file, owner })),
    ),
  );
}

function subdirectories(directory: string): string[] {
  const entries = readdirSync(directory, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

function listSources(directory: string, part: string): { path: string; text: string }[] {
  const names = readDirectory(join(directory, part)).filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'));
  return names.map((name) => ({ path: `${part}/${name.replaceAll(sep, '/')}`, text: readFileSync(join(directory, part, name), 'utf8') }));
}

function readDirectory(directory: string): string[] {
  try {
    return readdirSync(directory, { recursive: true, encoding: 'utf8' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
