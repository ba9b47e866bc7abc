import type { CodeExecutor } from '@sandpod/core';
import type { BackendChoice } from '../arguments/backend-flags.ts';
import { loadBackendFor } from './load-backend-for.ts';

/** Creates an executor for the chosen back end. */
export async function openExecutor(choice: BackendChoice): Promise<CodeExecutor> {
  const { createExecutor } = await loadBackendFor(choice);
  return createExecutor(choice.backendOptions);
}
