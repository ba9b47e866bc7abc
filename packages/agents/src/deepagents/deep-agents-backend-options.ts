import { durationMsSchema, environmentSchema } from '@sandpod/core/backend';
import { z } from 'zod';
import { abortSignalSchema } from '../shared/index.ts';

export interface DeepAgentsBackendOptions {
  /** Time limit for one command in milliseconds; deepagents sets no limit itself. Default 120 s. */
  readonly timeoutMs?: number | undefined;
  /** Environment variables for every command. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Maximum number of bytes kept from each output stream of a command; longer output is cut in the middle. Default 1 MiB. */
  readonly keptOutputBytes?: number | undefined;
  /** Kills the running commands when it aborts, in addition to the signal of the agent's run: `agent.invoke(input, { signal })`. */
  readonly abortSignal?: AbortSignal | undefined;
}

const DEFAULT_TIMEOUT_MS = 120_000;

export const deepAgentsBackendOptionsSchema = z.strictObject({
  timeoutMs: durationMsSchema.default(DEFAULT_TIMEOUT_MS),
  env: environmentSchema.optional(),
  keptOutputBytes: z.int().min(0).optional(),
  abortSignal: abortSignalSchema.optional(),
});

/** The validated options, with defaults filled in. */
export type ValidBackendOptions = z.output<typeof deepAgentsBackendOptionsSchema>;
