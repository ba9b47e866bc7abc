import type { DirectoryEntry } from '../contract/files.ts';
import type { ListTreeOptions, Sandbox, TreeEntry } from '../contract/sandbox.ts';
import { SandpodError } from '../errors/sandpod-error.ts';
import { parseWorkspacePath } from '../paths/workspace-path.ts';

const DEFAULT_MAX_ENTRIES = 10_000;

type Files = Pick<Sandbox, 'listDirectory' | 'stat'>;

/** Lists the files in a directory tree with `listDirectory`. Calls `stat` for files whose size is not in the listing. */
export async function listTree(sandbox: Files, options: ListTreeOptions): Promise<TreeEntry[]> {
  const { path: root = '.', maxEntries = DEFAULT_MAX_ENTRIES, skipHidden = false, onTruncated, abortSignal } = options;
  const found: TreeEntry[] = [];
  let seen = 0;
  for await (const { path, entry } of walk(sandbox, { root, skipHidden, abortSignal })) {
    seen += 1;
    if (seen > maxEntries) {
      onTruncated?.(maxEntries);
      break;
    }
    if (entry.type !== 'file') continue;
    const file = entry.size === undefined ? await sandbox.stat({ path: join(root, path), abortSignal }) : entry;
    if (file?.type !== 'file' || file.size === undefined) continue;
    found.push({ path, size: file.size, ...(file.modifiedMs === undefined ? {} : { modifiedMs: file.modifiedMs }) });
  }
  return found;
}

/** Yields all entries in a directory tree, each directory before its contents. Skips names that the file API would refuse. */
async function* walk(
  sandbox: Files,
  options: { readonly root: string; readonly skipHidden: boolean; readonly abortSignal: AbortSignal | undefined },
): AsyncGenerator<{ path: string; entry: DirectoryEntry }, void, void> {
  const { root, skipHidden, abortSignal } = options;
  const directories = [''];
  for (let directory = directories.pop(); directory !== undefined; directory = directories.pop()) {
    const entries = (await sandbox.listDirectory({ path: join(root, directory), abortSignal })) ?? [];
    for (const entry of entries) {
      const { name, type } = entry;
      const path = directory === '' ? name : `${directory}/${name}`;
      if ((skipHidden && name.startsWith('.')) || !isUsable(path)) continue;
      yield { path, entry };
      if (type === 'directory') directories.push(path);
    }
  }
}

/** Names come from the guest and must be checked. */
function isUsable(path: string): boolean {
  try {
    return parseWorkspacePath(path) === path;
  } catch (error) {
    if (SandpodError.isInstance(error)) return false;
    throw error;
  }
}

function join(root: string, path: string): string {
  return path === '' ? root : `${root}/${path}`;
}
