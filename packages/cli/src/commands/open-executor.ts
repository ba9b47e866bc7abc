import type { CodeExecutor } from '@sandpod/core';
import { type BackendName, createExecutor, type ExecutorOptionsOf } from '@sandpod/sandpod';
import { type BackendChoice, loadBackendFor } from './load-backend-for.ts';

/** Makes the executor of `--on`. */
export async function openExecutor(choice: BackendChoice): Promise<CodeExecutor> {
  await loadBackendFor(choice);
  return createExecutor(choice.on as BackendName, choice.backendOptions as ExecutorOptionsOf<BackendName>);
}
