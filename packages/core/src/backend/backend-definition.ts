import type { z } from 'zod';
import type { CodeExecutor } from '../contract/code-executor.ts';
import type { SandboxProvider } from '../contract/sandbox-provider.ts';
import type { Finding } from './finding.ts';

/**
 * What the package of a back end exports as `backend`, so that the registry can build its executors by name.
 *
 * The methods validate their options themselves and do no I/O.
 */
export interface BackendDefinition<ExecutorOptions extends object = object, ProviderOptions extends object = object> {
  /** The name under which the registry lists it. */
  readonly name: string;
  /** Validates the executor's options; its keys are how tools learn what this back end can be told. */
  readonly optionsSchema: z.ZodObject;
  /** @throws {SandpodError} `invalid-options`. */
  createExecutor(options: ExecutorOptions): CodeExecutor;
  /** Absent where the executor does not stand on a sandbox. @throws {SandpodError} `invalid-options`. */
  createProvider?(options: ProviderOptions): SandboxProvider;
  /** Looks whether the back end can work here, from the ground up; ends early where going on makes no sense. May start a sandbox for a moment. */
  diagnose?(options: ProviderOptions): AsyncIterable<Finding>;
  /** The rights that the back end needs, as a document for the platform's own tool; absent where there is nothing to grant. */
  accessManifest?(options: { readonly namespace?: string | undefined }): string;
}
