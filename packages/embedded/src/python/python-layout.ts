/** Python's installation in the sandbox: a read-only tree mounted over the sandbox's files. */
export const PYTHON_ROOT = '/usr/local';
export const PYTHON_EXECUTABLE = '/usr/local/bin/python3';
/** Relative to `PYTHON_ROOT`. */
export const LIBRARY_FOLDER = 'lib/python3.12';
/** Links below this folder exist only for the start-up code. */
export const PRIVATE_FOLDER = '/usr/local/lib/sandpod';
/** Disables the file system that is packed into the module, so that all file operations reach sandpod's file system. */
export const UNPACKED_ENV: Readonly<Record<string, string>> = { __WASI_VFS_PACKING: '1' };
/** Environment variables for every program. A program's own variables override them. */
export const DEFAULT_ENV: Readonly<Record<string, string>> = { HOME: '/home/sandbox', TMPDIR: '/tmp' };
