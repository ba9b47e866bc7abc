import { type CodeExecutor, SandpodError } from '@sandpod/core';
import type { BackendName, ExecutorOptionsOf } from './backend-options.ts';
import { copyJson, type JsonCopy } from './json-value.ts';

/** The configuration of an executor as JSON data. Pass it to `createExecutor`. */
export type ExecutorConfig<Name extends BackendName = BackendName> = {
  [Each in Name]: { readonly backend: Each; readonly options?: ExecutorOptionsOf<Each> | undefined };
}[Name];

interface Origin {
  readonly backend: BackendName;
  readonly options: JsonCopy;
}

const origins = new WeakMap<CodeExecutor, Origin>();

/** Remembers how an executor was created. Copies the options, so that later changes to them have no effect. */
export function rememberOrigin(executor: CodeExecutor, origin: { readonly backend: BackendName; readonly options: object }): void {
  origins.set(executor, { backend: origin.backend, options: copyJson(origin.options, 'options') });
}

/**
 * Returns the configuration of an executor that `createExecutor` created. Pass the configuration to `createExecutor` to create an executor
 * with the same options.
 *
 * The configuration contains all options as they were passed, including `env`. Do not put secrets into the options, or keep the
 * configuration secret.
 *
 * @throws {SandpodError} `unsupported` if an option is not JSON data, such as a function or an abort signal (the message contains the path
 * of the option), or if the executor was not created by `createExecutor`.
 */
export function toConfig(executor: CodeExecutor): ExecutorConfig {
  const origin = origins.get(executor);
  if (!origin)
    throw unsupported(
      'Expected an executor created by createExecutor; this executor was created in another way.',
      'Create it with createExecutor.',
    );
  const { backend, options } = origin;
  if (options.ok) return { backend, options: structuredClone(options.value) } as ExecutorConfig;
  const { path, what } = options.problem;
  throw unsupported(
    `A configuration can contain only JSON values, but ${path} is ${what}.`,
    `Omit ${path} from the configuration, and set it in the program that uses the executor.`,
  );
}

function unsupported(message: string, advice: string): SandpodError {
  return new SandpodError({ code: 'unsupported', message, advice });
}
