import type { DirectoryEntry } from '../contract/files.ts';
import type { ListTreeOptions, Sandbox, SkippedEntry, TreeEntry } from '../contract/sandbox.ts';
import { Pace } from '../control/pace.ts';
import { SandpodError } from '../errors/sandpod-error.ts';
import { parseWorkspacePath } from '../paths/workspace-path.ts';

const DEFAULT_MAX_ENTRIES = 10_000;

type Files = Pick<Sandbox, 'listDirectory' | 'stat'>;

/** Uses `listDirectory` to list the files in a directory tree, and `stat` for files whose size is not in the listing. */
export async function listTree(sandbox: Files, options: ListTreeOptions): Promise<TreeEntry[]> {
  const { path: root = '.', maxEntries = DEFAULT_MAX_ENTRIES, skipHidden = false, onTruncated, onSkipped, abortSignal } = options;
  const found: TreeEntry[] = [];
  let seen = 0;
  for await (const { path, entry, expected } of walk(sandbox, { root, skipHidden, abortSignal })) {
    seen += 1;
    if (seen > maxEntries) {
      onTruncated?.(maxEntries);
      break;
    }
    if (expected !== undefined) onSkipped?.(skipped(path, { entry, expected }));
    if (expected !== undefined || entry.type !== 'file') continue;
    const file = entry.size === undefined ? await sandbox.stat({ path: join(root, path), abortSignal }) : entry;
    if (file?.type !== 'file' || file.size === undefined) continue;
    found.push({ path, size: file.size, ...(file.modifiedMs === undefined ? {} : { modifiedMs: file.modifiedMs }) });
  }
  return found;
}

function skipped(path: string, { entry, expected }: Pick<Found, 'entry'> & { readonly expected: string }): SkippedEntry {
  const { size, modifiedMs } = entry;
  return { path, expected, ...(size === undefined ? {} : { size }), ...(modifiedMs === undefined ? {} : { modifiedMs }) };
}

interface Found {
  readonly path: string;
  readonly entry: DirectoryEntry;
  /** Present if the file API would refuse the path. Describes the path that it expects instead. */
  readonly expected: string | undefined;
}

/** Yields all entries in a directory tree, each directory before its contents. Does not enter directories that the file API refuses. */
async function* walk(
  sandbox: Files,
  options: { readonly root: string; readonly skipHidden: boolean; readonly abortSignal: AbortSignal | undefined },
): AsyncGenerator<Found, void, void> {
  const { root, skipHidden, abortSignal } = options;
  const pace = new Pace(abortSignal);
  const directories = [''];
  for (let directory = directories.pop(); directory !== undefined; directory = directories.pop()) {
    const entries = (await sandbox.listDirectory({ path: join(root, directory), abortSignal })) ?? [];
    for (const entry of skipHidden ? entries.filter(({ name }) => !name.startsWith('.')) : entries) {
      if (pace.isDue) await pace.turn();
      const found = foundIn(directory, entry);
      yield found;
      if (entry.type === 'directory' && found.expected === undefined) directories.push(found.path);
    }
  }
}

function foundIn(directory: string, entry: DirectoryEntry): Found {
  const path = directory === '' ? entry.name : `${directory}/${entry.name}`;
  return { path, entry, expected: problemOf(path) };
}

/** Names come from the guest and must be checked. If the file API would refuse the path, returns a description of the expected path. */
function problemOf(path: string): string | undefined {
  try {
    return parseWorkspacePath(path) === path ? undefined : 'a path in its normal form';
  } catch (error) {
    if (SandpodError.isInstance(error)) return String(error.details['expected']);
    throw error;
  }
}

function join(root: string, path: string): string {
  return path === '' ? root : `${root}/${path}`;
}
