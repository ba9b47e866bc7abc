import type { CodeExecutor } from '@sandpod/core';
import { type BackendName, createExecutor, type ExecutorOptionsOf, listBackends, loadBackend } from '@sandpod/sandpod';
import type { RunOptions } from '../arguments/run-options.ts';
import { UsageError } from '../arguments/usage-error.ts';

/** Makes the executor of `--on`; refuses flags that it would have to ignore. */
export async function openExecutor({ on, backendOptions }: Pick<RunOptions, 'on' | 'backendOptions'>): Promise<CodeExecutor> {
  const { optionsSchema } = await loadBackend(on);
  const known = Object.keys(optionsSchema.shape);
  const stranger = Object.keys(backendOptions).find((name) => !known.includes(name));
  if (stranger === undefined) return createExecutor(on as BackendName, backendOptions as ExecutorOptionsOf<BackendName>);
  const others = listBackends().filter(({ name }) => name !== on);
  throw new UsageError(
    `--${stranger} means nothing to the back end "${on}", which has no ${stranger}.`,
    others.length > 0 ? `Leave it out, or choose another back end: --on ${others.map(({ name }) => name).join('|')}` : 'Leave it out.',
  );
}
