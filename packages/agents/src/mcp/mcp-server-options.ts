import { type CodeExecutor, type Sandbox, SandpodError } from '@sandpod/core';
import { z } from 'zod';
import { adapterShape, executorSchema, objectSchema } from '../shared/index.ts';

/** What the tools work on. */
type Target =
  | {
      /** Runs the code and the commands; its files are those of the file tools. It stays its owner's. */
      readonly executor: CodeExecutor;
      readonly sandbox?: never;
    }
  | {
      /** Gives the tools for commands and files, but not `run_code`. It stays its owner's. */
      readonly sandbox: Sandbox;
      readonly executor?: never;
    };

export type McpServerOptions = Target & {
  /** How the server calls itself. Default `sandpod`. */
  readonly name?: string | undefined;
  /** Default `0.0.0`. */
  readonly version?: string | undefined;
  /** Milliseconds for one call, waiting and start-up excluded. Default: the executor's own limit; 60 s for a sandbox. */
  readonly timeoutMs?: number | undefined;
  /** Characters of output or of a file that the model reads, half of them from the start and half from the end. At least 100. Default 20,000. */
  readonly maxModelCharacters?: number | undefined;
};

export const mcpServerShape = {
  executor: executorSchema.optional(),
  sandbox: objectSchema<Sandbox>('spawn', 'a Sandbox').optional(),
  name: z.string().min(1).default('sandpod'),
  version: z.string().min(1).default('0.0.0'),
  timeoutMs: adapterShape.timeoutMs,
  maxModelCharacters: adapterShape.maxModelCharacters,
} as const;

export const mcpServerOptionsSchema = z.strictObject(mcpServerShape);

/** Checked, with defaults filled in. */
export type ValidMcpOptions = Omit<z.output<typeof mcpServerOptionsSchema>, 'executor' | 'sandbox'> & Target;

/** @throws {SandpodError} `invalid-options` unless exactly one of the two is there. */
export function withOneTarget(options: z.output<typeof mcpServerOptionsSchema>, what: string): ValidMcpOptions {
  const { executor, sandbox } = options;
  if ((executor === undefined) === (sandbox === undefined)) {
    const given = executor === undefined ? 'neither' : 'both';
    throw new SandpodError({ code: 'invalid-options', message: `${what}: expected either executor or sandbox, given ${given}.` });
  }
  return options as ValidMcpOptions;
}
