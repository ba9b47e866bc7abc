import type { Sandbox, SandboxSession } from '@sandpod/core';

/** The restricted session of a sandbox; a restricted session is returned as is. */
export function sessionOf(sandbox: Sandbox | SandboxSession): SandboxSession {
  return 'restricted' in sandbox ? sandbox.restricted() : sandbox;
}
