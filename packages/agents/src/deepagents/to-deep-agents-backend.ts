import type { Sandbox } from '@sandpod/core';
import type { DeepAgentsBackendOptions } from './deep-agents-backend-options.ts';
import { SandpodBackend } from './sandpod-backend.ts';
import { VirtualSandpodBackend } from './virtual-sandpod-backend.ts';

/** A sandbox as the backend of a deep agent: `createDeepAgent({ backend: toDeepAgentsBackend(sandbox) })`. It stays its owner's. */
export function toDeepAgentsBackend(sandbox: Sandbox, options: DeepAgentsBackendOptions = {}): SandpodBackend {
  const Backend = sandbox.capabilities.kernel === 'virtual' ? VirtualSandpodBackend : SandpodBackend;
  return new Backend(sandbox, options);
}
