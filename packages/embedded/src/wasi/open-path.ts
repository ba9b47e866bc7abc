import type { Descriptor } from './descriptor.ts';
import { DirectoryDescriptor } from './directory-descriptor.ts';
import { WasiError } from './errno.ts';
import { FileDescriptor } from './file-descriptor.ts';
import type { ResolvedPath } from './guest-path.ts';
import { WASI_RIGHT } from './rights.ts';
import type { WasiProcess } from './wasi-process.ts';

const CREATE = 1;
const DIRECTORY = 2;
const EXCLUSIVE = 4;
const TRUNCATE = 8;
const FOLLOW_LINKS = 1;
const STANDARD_STREAMS: Readonly<Record<string, number>> = { '/dev/stdin': 0, '/dev/stdout': 1, '/dev/stderr': 2 };

export interface OpenRequest extends ResolvedPath {
  /** The WASI `lookupflags`, `oflags`, `rights` and `fdflags`. */
  readonly lookup: number;
  readonly creation: number;
  readonly rights: bigint;
  readonly flags: number;
}

/** Opens a file, a directory or a device. Returns its descriptor number. */
export function openPath(process: WasiProcess, request: OpenRequest): number {
  const number = process.descriptors.reserve();
  if (request.isDirectoryName && (request.creation & CREATE) !== 0) throw new WasiError('EISDIR');
  process.descriptors.set(number, openDescriptor(process, request));
  return number;
}

function openDescriptor(process: WasiProcess, request: OpenRequest): Descriptor {
  const { files } = process;
  const handle = files.open(request.path, openOptions(request));
  try {
    const { type } = files.statHandle(handle);
    if (type === 'directory') return openDirectory(process, { request, handle });
    if (wantsDirectory(request)) throw new WasiError('ENOTDIR');
    const stream = type === 'device' ? STANDARD_STREAMS[files.realPath(request.path)] : undefined;
    if (stream !== undefined) return openStream(process, { stream, handle });
    return new FileDescriptor({ files, handle, path: request.path, type: type === 'device' ? 'device' : 'file', flags: request.flags });
  } catch (error) {
    files.close(handle);
    throw error;
  }
}

function openOptions(request: OpenRequest): Parameters<WasiProcess['files']['open']>[1] {
  const has = (flag: number) => (request.creation & flag) !== 0;
  const canWrite = (request.rights & WASI_RIGHT.FD_WRITE) !== 0n;
  return {
    read: (request.rights & WASI_RIGHT.FD_READ) !== 0n || !canWrite,
    write: canWrite && !wantsDirectory(request),
    create: has(CREATE),
    exclusive: has(EXCLUSIVE),
    truncate: has(TRUNCATE),
    followLinks: request.isDirectoryName || (request.lookup & FOLLOW_LINKS) !== 0,
  };
}

function wantsDirectory(request: OpenRequest): boolean {
  return request.isDirectoryName || (request.creation & DIRECTORY) !== 0;
}

/** Opens a directory by its real path, because a link in the given path may change later. */
function openDirectory(process: WasiProcess, opened: { readonly request: OpenRequest; readonly handle: number }): Descriptor {
  const path = process.files.realPath(opened.request.path);
  process.files.close(opened.handle);
  return new DirectoryDescriptor(process.files, path);
}

/** Opens the stream itself, so that closing the new descriptor does not close the old one. */
function openStream(process: WasiProcess, opened: { readonly stream: number; readonly handle: number }): Descriptor {
  const stream = process.descriptors.get(opened.stream);
  process.files.close(opened.handle);
  return stream;
}
