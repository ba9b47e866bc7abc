import type { Sandbox, SandboxSession } from '@sandpod/core';

/** What tools get of a sandbox, whichever of the two their caller has. */
export function sessionOf(sandbox: Sandbox | SandboxSession): SandboxSession {
  return 'restricted' in sandbox ? sandbox.restricted() : sandbox;
}
