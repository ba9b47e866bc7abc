import { type CodeExecutor, type Sandbox, SandpodError } from '@sandpod/core';
import { z } from 'zod';
import { adapterShape, executorSchema, objectSchema } from '../shared/index.ts';

/** The executor or sandbox that the tools use. */
type Target =
  | {
      /** Runs the code and the commands, and keeps the files that the file tools use. You must stop the executor yourself. */
      readonly executor: CodeExecutor;
      readonly sandbox?: never;
    }
  | {
      /**
       * Runs the commands, and keeps the files that the file tools use. The server then has no tool `run_code`. You must dispose of the
       * sandbox yourself.
       */
      readonly sandbox: Sandbox;
      readonly executor?: never;
    };

export type McpServerOptions = Target & {
  /** Name of the server. Default `sandpod`. */
  readonly name?: string | undefined;
  /** Version of the server. Default `0.0.0`. */
  readonly version?: string | undefined;
  /** Time limit for one call in milliseconds; queueing and start-up do not count. Default: the executor's limit, or 60 s for a sandbox. */
  readonly timeoutMs?: number | undefined;
  /**
   * Maximum number of characters that the model reads from output or from a file; longer text is cut in the middle. At least 100. Default
   * 20,000.
   */
  readonly maxModelCharacters?: number | undefined;
  /**
   * Whether a person must approve code and commands before they run. The client asks this person with an elicitation. If the client does
   * not support elicitation, nothing runs. Default false.
   */
  readonly approve?: boolean | undefined;
};

export const mcpServerShape = {
  executor: executorSchema.optional(),
  sandbox: objectSchema<Sandbox>('spawn', 'a Sandbox').optional(),
  name: z.string().min(1).default('sandpod'),
  version: z.string().min(1).default('0.0.0'),
  timeoutMs: adapterShape.timeoutMs,
  maxModelCharacters: adapterShape.maxModelCharacters,
  approve: z.boolean().default(false),
} as const;

export const mcpServerOptionsSchema = z.strictObject(mcpServerShape);

/** The validated options, with defaults filled in. */
export type ValidMcpOptions = Omit<z.output<typeof mcpServerOptionsSchema>, 'executor' | 'sandbox'> & Target;

/** Checks the target. @throws {SandpodError} `invalid-options` unless exactly one of `executor` and `sandbox` is set. */
export function withOneTarget(options: z.output<typeof mcpServerOptionsSchema>, what: string): ValidMcpOptions {
  const { executor, sandbox } = options;
  if ((executor === undefined) === (sandbox === undefined)) {
    const given = executor === undefined ? 'neither' : 'both';
    throw new SandpodError({ code: 'invalid-options', message: `${what}: expected either executor or sandbox, given ${given}.` });
  }
  return options as ValidMcpOptions;
}
