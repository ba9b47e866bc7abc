import type { GuestErrno } from '../guest/guest-contract.ts';

/** The names of the file operations that a worker can request from the thread that owns the files. */
export const FILE_OPERATIONS = [
  'stat',
  'open',
  'close',
  'statHandle',
  'read',
  'write',
  'truncate',
  'readDirectory',
  'makeDirectory',
  'removeDirectory',
  'unlink',
  'rename',
  'symlink',
  'link',
  'readLink',
  'realPath',
  'changeMode',
  'setTimes',
  'space',
] as const;
export type FileOperation = (typeof FILE_OPERATIONS)[number];

export interface FileRequest {
  readonly operation: FileOperation;
  readonly parameters: readonly unknown[];
}

export type FileReply = { readonly value: unknown } | { readonly errno: GuestErrno; readonly path: string };

/** The maximum number of bytes that a request reads or writes. */
export const REQUEST_BYTES: number = 1024 * 1024;
