import { type SandboxProvider, SandpodError } from '@sandpod/core';
import type { BackendName, ProviderOptionsOf } from './backend-options.ts';
import { loadBackend } from './load-backend.ts';

/**
 * Creates a sandbox provider from the name of a back end. Use a provider if you need processes and files rather than code blocks.
 *
 * @throws {SandpodError} `unknown-backend`, `backend-not-installed`, `invalid-options`,
 * or `unsupported` if the back end has no sandboxes.
 */
export async function createProvider<Name extends BackendName>(backend: Name, options?: ProviderOptionsOf<Name>): Promise<SandboxProvider> {
  const definition = await loadBackend(backend);
  const provider = definition.createProvider?.(options ?? {});
  if (provider) return provider;
  throw new SandpodError({ code: 'unsupported', message: `The back end "${backend}" has no sandboxes; use createExecutor.` });
}
