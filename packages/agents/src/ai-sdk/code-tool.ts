import { type CodeExecutor, durationMsSchema, environmentSchema, validateOptions } from '@sandpod/core';
import { type Tool, tool } from 'ai';
import { z } from 'zod';
import { type CodeInput, codeInputSchema } from '../shared/code-input-schema.ts';
import { describeExecutor } from '../shared/describe-executor.ts';
import { DEFAULT_IMAGE_BYTES } from '../shared/result-images.ts';
import { DEFAULT_MODEL_CHARACTERS } from '../shared/result-text.ts';
import type { CodeToolOutput } from './code-tool-output.ts';
import { DEFAULT_OUTPUT_CHARACTERS } from './final-output.ts';
import { modelOutput } from './model-output.ts';
import { streamRun } from './stream-run.ts';

export interface CodeToolOptions {
  /** What the model is told besides what the executor's capabilities say. */
  readonly description?: string | undefined;
  /** Milliseconds for one call. Default: the executor's. */
  readonly timeoutMs?: number | undefined;
  /** Variables for every call. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Which new or changed files are reported, images among them shown: true for all, or globs. Default true. */
  readonly collectFiles?: boolean | readonly string[] | undefined;
  /** Characters of output that the model reads, half from the start and half from the end. Default 20,000. */
  readonly maxModelCharacters?: number | undefined;
  /** Characters kept of each text of the tool's output. Default 65,536. */
  readonly maxOutputCharacters?: number | undefined;
  /** Bytes of one image, for the model and in the tool's output. Default 4 MiB. */
  readonly maxImageBytes?: number | undefined;
  /** False: images are not sent to the model. Default true; providers that take no images in tool results send them as text. */
  readonly imagesToModel?: boolean | undefined;
}

const optionsSchema = z.strictObject({
  description: z.string().optional(),
  timeoutMs: durationMsSchema.optional(),
  env: environmentSchema.optional(),
  collectFiles: z.union([z.boolean(), z.array(z.string())]).default(true),
  maxModelCharacters: z.int().min(100).default(DEFAULT_MODEL_CHARACTERS),
  maxOutputCharacters: z.int().min(100).default(DEFAULT_OUTPUT_CHARACTERS),
  maxImageBytes: z.int().min(0).default(DEFAULT_IMAGE_BYTES),
  imagesToModel: z.boolean().default(true),
});

/**
 * An executor as a tool of the AI SDK; call it `run_code`.
 *
 * It yields its output while the code runs, each time all of it so far. The call's `abortSignal` kills the run. What the code does
 * wrong and what the platform cannot do are results that the model reads; an abort is thrown. The executor stays its caller's.
 *
 * @throws {SandpodError} `invalid-options`.
 */
export function codeTool(executor: CodeExecutor, options: CodeToolOptions = {}): Tool<CodeInput, CodeToolOutput> {
  const valid = validateOptions(optionsSchema, options, 'codeTool');
  const { timeoutMs, env, collectFiles, description = '' } = valid;
  return tool({
    // Languages are known better once the sandbox has started, so this is asked again for every step.
    description: () => `${describeExecutor(executor, { timeoutMs })} ${description}`.trim(),
    inputSchema: codeInputSchema(executor),
    execute: ({ code, language }, { abortSignal }) =>
      streamRun({
        ...valid,
        language,
        abortSignal,
        run: async ({ onEvent, ...run }) => {
          const events = executor.stream([{ code, language }], { ...run, timeoutMs, env, collectFiles });
          for await (const event of events) onEvent(event);
        },
      }),
    toModelOutput: ({ output }) => modelOutput(output, valid),
  });
}
