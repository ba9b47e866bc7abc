import type { Sandbox, SandboxSession } from '@sandpod/core';

/** Returns the restricted session of a sandbox. If the argument is already a restricted session, returns it as is. */
export function sessionOf(sandbox: Sandbox | SandboxSession): SandboxSession {
  return 'restricted' in sandbox ? sandbox.restricted() : sandbox;
}
