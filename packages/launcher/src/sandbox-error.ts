import { SandpodError } from '@sandpod/core';
import type { LauncherLost } from './launcher-failure.ts';

export function sandboxEnded(reason: string): SandpodError {
  return new SandpodError({ code: 'sandbox-ended', message: `The sandbox has ended: ${reason}` });
}

/** Creates the error for a platform that answers, but whose launchers end before they can start a program. */
export function sandboxUnusable(reason: string, cause: LauncherLost): SandpodError {
  return new SandpodError({ code: 'sandbox-unusable', message: `No program can be started: ${reason}`, cause });
}
