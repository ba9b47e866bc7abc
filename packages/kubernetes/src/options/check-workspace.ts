import { posix } from 'node:path';
import { SandpodError } from '@sandpod/core';

/** Folders where a mounted volume would hide files that the image's programs need. */
const NEEDED = new Set('/ /bin /etc /lib /lib32 /lib64 /sbin /usr /usr/bin /usr/lib /usr/lib64 /usr/sbin'.split(' '));
/** The kernel's file systems. */
const KERNEL = /^\/(dev|proc|sys)(\/|$)/;

/**
 * Rejects folders where a mounted volume would break the image.
 *
 * @param given The caller's path, which may be relative to the image's WORKDIR.
 * @param absolute The absolute path.
 * @throws {SandpodError} `invalid-options`.
 */
export function checkWorkspace(given: string, absolute: string): void {
  const path = posix.resolve('/', absolute);
  if (!NEEDED.has(path) && !KERNEL.test(path)) return;
  const which = posix.isAbsolute(given) ? '' : `, which is ${path} in this image`;
  throw new SandpodError({
    code: 'invalid-options',
    message: `pod.workspacePath: expected a folder that the image does not need, given ${JSON.stringify(given)}${which}.`,
    advice: 'Use a separate folder, for example the default, /workspace.',
    details: { field: 'workspacePath', path },
  });
}
