import { SandpodError } from '@sandpod/core';
import type { LauncherLost } from './launcher-failure.ts';

export function sandboxEnded(reason: string): SandpodError {
  return new SandpodError({ code: 'sandbox-ended', message: `The sandbox has ended: ${reason}` });
}

/** The platform answers, but a launcher ends before it can start anything. */
export function sandboxUnusable(reason: string, cause: LauncherLost): SandpodError {
  return new SandpodError({ code: 'sandbox-unusable', message: `No program can be started: ${reason}`, cause });
}
