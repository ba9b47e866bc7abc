import { durationMsSchema, environmentSchema } from '@sandpod/core/backend';
import { z } from 'zod';
import { abortSignalSchema } from '../shared/index.ts';

export interface DeepAgentsBackendOptions {
  /** Milliseconds for one command: deepagents itself sets no limit. Default 120 s. */
  readonly timeoutMs?: number | undefined;
  /** Variables for every command. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Bytes kept of each output stream of a command, half from the start and half from the end. Default 1 MiB. */
  readonly keptOutputBytes?: number | undefined;
  /** Kills what runs: deepagents passes no signal on to its backend. */
  readonly abortSignal?: AbortSignal | undefined;
}

const DEFAULT_TIMEOUT_MS = 120_000;

export const deepAgentsBackendOptionsSchema = z.strictObject({
  timeoutMs: durationMsSchema.default(DEFAULT_TIMEOUT_MS),
  env: environmentSchema.optional(),
  keptOutputBytes: z.int().min(0).optional(),
  abortSignal: abortSignalSchema.optional(),
});

/** Checked, with defaults filled in. */
export type ValidBackendOptions = z.output<typeof deepAgentsBackendOptionsSchema>;
