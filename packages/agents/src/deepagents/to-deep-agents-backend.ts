import type { Sandbox } from '@sandpod/core';
import { validateOptions } from '@sandpod/core/backend';
import { type DeepAgentsBackendOptions, deepAgentsBackendOptionsSchema } from './deep-agents-backend-options.ts';
import { SandpodBackend } from './sandpod-backend.ts';

/**
 * Uses a sandbox as the backend of a deep agent: `createDeepAgent({ backend: toDeepAgentsBackend(sandbox) })`. You must dispose of
 * the sandbox yourself.
 *
 * @throws {SandpodError} `invalid-options`.
 */
export function toDeepAgentsBackend(sandbox: Sandbox, options: DeepAgentsBackendOptions = {}): SandpodBackend {
  const valid = validateOptions(deepAgentsBackendOptionsSchema, options, 'toDeepAgentsBackend');
  return new SandpodBackend(sandbox, valid);
}
