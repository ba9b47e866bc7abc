import { createHash } from 'node:crypto';

/** The file of a block that names none: the same code has the same name. */
export function codeFileName(code: string, extension: string): string {
  return `tmp_code_${createHash('sha256').update(code).digest('hex')}.${extension}`;
}

/** Whether a path, relative to the workspace, is a name that {@link codeFileName} makes. */
export function isTmpCodeFile(path: string): boolean {
  return /^tmp_code_[0-9a-f]{64}\.[^/]+$/.test(path);
}
