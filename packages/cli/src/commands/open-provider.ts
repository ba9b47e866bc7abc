import type { SandboxProvider } from '@sandpod/core';
import type { BackendChoice } from '../arguments/backend-flags.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { loadBackendFor } from './load-backend-for.ts';

/** Creates the provider for the chosen back end. Throws a `UsageError` if its sandboxes do not outlive the process that created them. */
export async function openProvider(choice: BackendChoice): Promise<SandboxProvider> {
  const { createProvider } = await loadBackendFor(choice);
  const provider = createProvider?.(choice.backendOptions);
  if (provider?.capabilities.attach) return provider;
  throw new UsageError(
    `The back end "${choice.on}" cannot keep sandboxes: they end with the process that created them.`,
    'Choose another back end: --on docker|pod',
  );
}
