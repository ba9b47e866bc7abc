import type { IFileSystem } from 'just-bash';
import type { GuestFileSystem, GuestStat } from '../guest/guest-contract.ts';
import { GuestFileError } from '../guest/guest-file-error.ts';

const SUBSTITUTION = /^\/dev\/fd\/\d+$/;
/** No handle of the sandbox's files is this large. */
const FIRST_HANDLE = 2 ** 40;

type Reads = Pick<GuestFileSystem, 'stat' | 'open' | 'close' | 'statHandle' | 'read' | 'realPath'>;

/**
 * Adds the files of process substitutions, such as `/dev/fd/63` for `<(sort list)`, to the sandbox's files. Without this, only just-bash
 * could read these files. Adds only files that are arguments of the program.
 */
export async function withSubstitutedFiles(
  files: GuestFileSystem,
  { given, shellFiles }: { readonly given: readonly string[]; readonly shellFiles: IFileSystem },
): Promise<GuestFileSystem> {
  const paths = given.filter((word) => SUBSTITUTION.test(word));
  if (paths.length === 0) return files;
  const found = await Promise.all(paths.map((path) => shellFiles.readFileBuffer(path).catch(() => undefined)));
  const contents = new Map(paths.flatMap((path, index) => (found[index] === undefined ? [] : [[path, found[index]] as const])));
  const reads = readsOf(files, contents);
  return new Proxy(files, {
    get: (target, name) => {
      const operation: unknown = Reflect.get(name in reads ? reads : target, name);
      return typeof operation === 'function' ? operation.bind(target) : operation;
    },
  });
}

function readsOf(files: GuestFileSystem, contents: ReadonlyMap<string, Uint8Array>): Reads {
  const open = new Map<number, Uint8Array>();
  let next = FIRST_HANDLE;
  return {
    stat: (path, options) => statOf(contents.get(path)) ?? files.stat(path, options),
    realPath: (path) => (contents.has(path) ? path : files.realPath(path)),
    open: (path, options) => {
      const content = contents.get(path);
      if (content === undefined) return files.open(path, options);
      if (options.write === true) throw new GuestFileError('EACCES', path);
      next += 1;
      open.set(next, content);
      return next;
    },
    close: (handle) => {
      if (!open.delete(handle)) files.close(handle);
    },
    statHandle: (handle) => statOf(open.get(handle)) ?? files.statHandle(handle),
    read: (handle, position, length) => open.get(handle)?.subarray(position, position + length) ?? files.read(handle, position, length),
  };
}

function statOf(content: Uint8Array | undefined): GuestStat | undefined {
  if (content === undefined) return undefined;
  return { inode: 0, type: 'file', size: content.length, mode: 0o400, links: 1, accessedMs: 0, modifiedMs: 0, changedMs: 0 };
}
