import type { FileTree } from './file-tree.ts';
import type { DeviceName, DirectoryInode } from './inode.ts';

/** The base of relative paths and the default working directory. */
export const WORKSPACE = '/workspace';

const DIRECTORIES = ['/workspace', '/tmp', '/home', '/home/sandbox', '/usr', '/usr/bin', '/bin', '/dev'];
const DEVICES: Readonly<Record<string, DeviceName>> = {
  '/dev/null': 'null',
  '/dev/zero': 'zero',
  '/dev/random': 'random',
  '/dev/urandom': 'random',
  '/dev/stdin': 'stdin',
  '/dev/stdout': 'stdout',
  '/dev/stderr': 'stderr',
};

/** Creates the directories and devices that every sandbox has at its start. */
export function makeInitialTree(tree: FileTree): void {
  for (const path of DIRECTORIES) makePinnedDirectory(tree, path);
  for (const [path, device] of Object.entries(DEVICES)) tree.attach(tree.lookup(path, { followLast: false }), tree.make.device(device));
  const devices = tree.find('/dev', { followLast: false });
  if (devices.type === 'directory') devices.isReadOnly = true;
}

function makePinnedDirectory(tree: FileTree, path: string): DirectoryInode {
  const directory = tree.make.directory(path === '/tmp' ? 0o1777 : 0o755);
  tree.attach(tree.lookup(path, { followLast: false }), directory);
  directory.isPinned = true;
  return directory;
}
