import type { CodeExecutor } from '@sandpod/core';
import { validateOptions } from '@sandpod/core/backend';
import { z } from 'zod';
import type { BackendName, ExecutorOptionsOf } from './backend-options.ts';
import { type ExecutorConfig, rememberOrigin } from './executor-config.ts';
import { loadBackend } from './load-backend.ts';

const configSchema = z.strictObject({ backend: z.string(), options: z.record(z.string(), z.unknown()).optional() });
const optionsSchema = z.record(z.string(), z.unknown()).default({});

/**
 * Creates an executor from the name of a back end, or from a configuration that `toConfig` returned.
 *
 * Loads the back end's package on first use. No sandbox is created until the executor starts.
 *
 * @throws {SandpodError} `unknown-backend`, `backend-not-installed` or `invalid-options`.
 */
export function createExecutor<Name extends BackendName>(backend: Name, options?: ExecutorOptionsOf<Name>): Promise<CodeExecutor>;
export function createExecutor(config: ExecutorConfig): Promise<CodeExecutor>;
export async function createExecutor(backendOrConfig: string | ExecutorConfig, optionsOfName?: object): Promise<CodeExecutor> {
  const { backend, options } = readArguments(backendOrConfig, optionsOfName);
  const definition = await loadBackend(backend);
  const executor = definition.createExecutor(options);
  rememberOrigin(executor, { backend: backend as BackendName, options });
  return executor;
}

function readArguments(backendOrConfig: unknown, options: unknown): { readonly backend: string; readonly options: object } {
  if (typeof backendOrConfig === 'string') return { backend: backendOrConfig, options: validateOptions(optionsSchema, options, 'options') };
  const config = validateOptions(configSchema, backendOrConfig, 'config');
  return { backend: config.backend, options: config.options ?? {} };
}
