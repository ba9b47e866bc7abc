import { posix } from 'node:path';
import { SandpodError } from '@sandpod/core';

/** A volume there would hide what programs of the image need. */
const NEEDED = new Set('/ /bin /etc /lib /lib32 /lib64 /sbin /usr /usr/bin /usr/lib /usr/lib64 /usr/sbin'.split(' '));
/** The kernel's. */
const KERNEL = /^\/(dev|proc|sys)(\/|$)/;

/**
 * Refuses the folders in which a volume would break the image.
 *
 * @param given What the caller said; relative to the image's WORKDIR.
 * @param absolute What it means.
 * @throws {SandpodError} `invalid-options`.
 */
export function checkWorkspace(given: string, absolute: string): void {
  const path = posix.resolve('/', absolute);
  if (!NEEDED.has(path) && !KERNEL.test(path)) return;
  const which = posix.isAbsolute(given) ? '' : `, which is ${path} in this image`;
  throw new SandpodError({
    code: 'invalid-options',
    message: `pod.workspacePath: expected a folder that the image can do without, given ${JSON.stringify(given)}${which}.`,
    advice: 'Name a folder of its own, for example /workspace, which is the default.',
    details: { field: 'workspacePath', path },
  });
}
