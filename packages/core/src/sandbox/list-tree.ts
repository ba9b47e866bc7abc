import type { DirectoryEntry } from '../contract/files.ts';
import type { ListTreeOptions, Sandbox, TreeEntry } from '../contract/sandbox.ts';
import { SandpodError } from '../errors/sandpod-error.ts';
import { parseWorkspacePath } from '../paths/workspace-path.ts';

const DEFAULT_MAX_ENTRIES = 10_000;

type Files = Pick<Sandbox, 'listDirectory' | 'stat'>;

/** Walks a directory with `listDirectory` and `stat`; for back ends that have nothing faster. */
export async function listTree(sandbox: Files, options: ListTreeOptions): Promise<TreeEntry[]> {
  const { path: root = '.', maxEntries = DEFAULT_MAX_ENTRIES, skipHidden = false, onTruncated, abortSignal } = options;
  const found: TreeEntry[] = [];
  let seen = 0;
  for await (const { path, type } of walk(sandbox, { root, skipHidden, abortSignal })) {
    seen += 1;
    if (seen > maxEntries) {
      onTruncated?.(maxEntries);
      break;
    }
    const stat = type === 'file' ? await sandbox.stat({ path: join(root, path), abortSignal }) : null;
    if (stat?.type !== 'file') continue;
    found.push({ path, size: stat.size, ...(stat.modifiedMs === undefined ? {} : { modifiedMs: stat.modifiedMs }) });
  }
  return found;
}

/** Everything below a directory, a directory before what is in it. Names that the file API would refuse are left out. */
async function* walk(
  sandbox: Files,
  options: { readonly root: string; readonly skipHidden: boolean; readonly abortSignal: AbortSignal | undefined },
): AsyncGenerator<{ path: string; type: DirectoryEntry['type'] }, void, void> {
  const { root, skipHidden, abortSignal } = options;
  const directories = [''];
  for (let directory = directories.pop(); directory !== undefined; directory = directories.pop()) {
    const entries = (await sandbox.listDirectory({ path: join(root, directory), abortSignal })) ?? [];
    for (const { name, type } of entries) {
      const path = directory === '' ? name : `${directory}/${name}`;
      if ((skipHidden && name.startsWith('.')) || !isUsable(path)) continue;
      yield { path, type };
      if (type === 'directory') directories.push(path);
    }
  }
}

/** Names come from the guest. */
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
