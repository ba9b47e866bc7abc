import path from 'node:path';

/** Returns the root of the file system or drive that contains a path. Unlike `/`, it does not depend on the current drive of Windows. */
export function rootDirectory(file: string, { parse }: Pick<path.PlatformPath, 'parse'> = path): string {
  return parse(file).root;
}
