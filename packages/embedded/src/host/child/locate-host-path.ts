import { WORKSPACE } from '../../files/initial-tree.ts';
import type { MemoryFileSystem } from '../../files/memory-file-system.ts';
import { type Place, placePath } from '../../files/path-walk.ts';
import { ChildError } from './child-error.ts';

export interface HostPath {
  readonly path: string;
  /** If true, a link in the last part of the path is followed. */
  readonly followLast: boolean;
}

/**
 * Resolves a path that the sandbox's owner passed. A relative path starts at the workspace and must stay inside it, even after
 * links are resolved.
 *
 * @throws {ChildError} `path-outside-workspace`.
 */
export function locateHostPath(files: MemoryFileSystem, { path, followLast }: HostPath): Place {
  const isRelative = !path.startsWith('/');
  const place = files.tree.lookup(isRelative ? `${WORKSPACE}/${path}` : path, { followLast });
  if (isRelative && !isInWorkspace(placePath(place))) {
    throw new ChildError(
      'path-outside-workspace',
      `${JSON.stringify(path)} leads to ${JSON.stringify(placePath(place))}, outside of ${WORKSPACE}.`,
    );
  }
  return place;
}

function isInWorkspace(path: string): boolean {
  return path === WORKSPACE || path.startsWith(`${WORKSPACE}/`);
}
