import type { z } from 'zod';
import type { CodeExecutor } from '../contract/code-executor.ts';
import type { SandboxProvider } from '../contract/sandbox-provider.ts';
import type { Finding } from './finding.ts';

/**
 * The type of the export `backend` in a back end's package. The registry uses this export to create executors by name.
 *
 * The methods validate their options. `createExecutor` and `createProvider` do no I/O.
 */
export interface BackendDefinition<ExecutorOptions extends object = object, ProviderOptions extends object = object> {
  /** Name of the back end in the registry. */
  readonly name: string;
  /** Schema of the executor's options. Tools read its keys to list the options of the back end. */
  readonly optionsSchema: z.ZodObject;
  /** Creates an executor. @throws {SandpodError} `invalid-options`. */
  createExecutor(options: ExecutorOptions): CodeExecutor;
  /** Creates a sandbox provider. Absent if the executor does not use sandboxes. @throws {SandpodError} `invalid-options`. */
  createProvider?(options: ProviderOptions): SandboxProvider;
  /**
   * Checks step by step whether the back end works on this system. Stops if later steps cannot succeed. May start a sandbox and remove it.
   */
  diagnose?(options: ProviderOptions): AsyncIterable<Finding>;
  /**
   * Returns a manifest that grants the permissions that the back end needs. Apply the manifest with the platform's tool. Absent if the back
   * end needs no permissions.
   */
  accessManifest?(options: {
    readonly namespace?: string | undefined;
    /** An existing account to which the manifest grants the permissions. Default: the manifest creates an account. */
    readonly serviceAccount?: string | undefined;
    /** If true, includes the permissions to forward ports through the platform. Default false. */
    readonly portForward?: boolean | undefined;
  }): string;
}
