import { type ErrorCode, SandpodError } from '@sandpod/core';
import type { FileOperationError } from 'deepagents';

const CODES: Readonly<Partial<Record<ErrorCode, FileOperationError>>> = {
  'is-directory': 'is_directory',
  'not-directory': 'invalid_path',
  'invalid-path': 'invalid_path',
  'path-outside-workspace': 'invalid_path',
  'permission-denied': 'permission_denied',
  'disk-full': 'permission_denied',
  'file-too-large': 'permission_denied',
};

/**
 * Converts an error that a path caused to an error code of deepagents.
 *
 * @throws the error if the path did not cause it.
 */
export function fileOperationError(error: unknown): FileOperationError {
  const code = SandpodError.isInstance(error) ? CODES[error.code] : undefined;
  if (code === undefined) throw error;
  return code;
}

/** Returns true if a path that the model chose caused the error, or arguments with characters that no path can contain. */
export function isPathError({ code }: SandpodError): boolean {
  return code === 'invalid-options' || code in CODES;
}
