import { type CodeExecutor, SandpodError } from '@sandpod/core';
import type { BackendName, ExecutorOptionsOf } from './backend-options.ts';
import { copyJson, type JsonCopy } from './json-value.ts';

/** An executor as data: what `JSON.stringify` writes and `createExecutor` reads. */
export type ExecutorConfig<Name extends BackendName = BackendName> = {
  [Each in Name]: { readonly backend: Each; readonly options?: ExecutorOptionsOf<Each> | undefined };
}[Name];

interface Origin {
  readonly backend: BackendName;
  readonly options: JsonCopy;
}

const origins = new WeakMap<CodeExecutor, Origin>();

/** Remembers how an executor was made; the options are copied, so that later changes to them do not count. */
export function rememberOrigin(executor: CodeExecutor, origin: { readonly backend: BackendName; readonly options: object }): void {
  origins.set(executor, { backend: origin.backend, options: copyJson(origin.options, 'options') });
}

/**
 * Turns an executor that `createExecutor` made into data from which it makes an equal one.
 *
 * The options are written as they were given, `env` included: keep secrets out of them, or keep the configuration secret.
 *
 * @throws {SandpodError} `unsupported` when an option cannot be data (a function, an abort signal), naming it,
 * or when the executor was made without `createExecutor`.
 */
export function toConfig(executor: CodeExecutor): ExecutorConfig {
  const origin = origins.get(executor);
  if (!origin)
    throw unsupported('Expected an executor that createExecutor made; this one was built in another way.', 'Make it with createExecutor.');
  const { backend, options } = origin;
  if (options.ok) return { backend, options: structuredClone(options.value) } as ExecutorConfig;
  const { path, what } = options.problem;
  throw unsupported(
    `A configuration holds JSON values only, but ${path} is ${what}.`,
    `Leave ${path} out, and set it where the executor is used.`,
  );
}

function unsupported(message: string, advice: string): SandpodError {
  return new SandpodError({ code: 'unsupported', message, advice });
}
