/** Where Python finds itself inside the sandbox: a read-only tree laid over the sandbox's own files. */
export const PYTHON_ROOT = '/usr/local';
export const PYTHON_EXECUTABLE = '/usr/local/bin/python3';
/** Below `PYTHON_ROOT`. */
export const LIBRARY_FOLDER = 'lib/python3.12';
/** Links below this folder exist only for the start-up code. */
export const PRIVATE_FOLDER = '/usr/local/lib/sandpod';
/** Keeps the file system that is packed into the module out of the way, so that ours answers everything. */
export const UNPACKED_ENV: Readonly<Record<string, string>> = { __WASI_VFS_PACKING: '1' };
