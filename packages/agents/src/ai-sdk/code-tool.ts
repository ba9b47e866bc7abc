import type { CodeExecutor } from '@sandpod/core';
import { validateOptions } from '@sandpod/core/backend';
import { type Tool, tool } from 'ai';
import { z } from 'zod';
import { type AdapterOptions, adapterShape, type ImageOptions, imageShape } from '../shared/adapter-options.ts';
import { type CodeInput, codeInputSchema } from '../shared/code-input-schema.ts';
import { describeExecutor } from '../shared/describe-executor.ts';
import type { CodeToolOutput } from './code-tool-output.ts';
import { DEFAULT_OUTPUT_CHARACTERS } from './final-output.ts';
import { modelOutput } from './model-output.ts';
import { streamRun } from './stream-run.ts';

export interface CodeToolOptions extends AdapterOptions, ImageOptions {
  /** Text added to the tool description, after the description of the executor. */
  readonly description?: string | undefined;
  /** Maximum number of characters in each text of the tool's output. Default 65,536. */
  readonly maxOutputCharacters?: number | undefined;
}

const optionsSchema = z.strictObject({
  ...adapterShape,
  ...imageShape,
  description: z.string().default(''),
  maxOutputCharacters: z.int().min(100).default(DEFAULT_OUTPUT_CHARACTERS),
});

/**
 * Creates an AI SDK tool that runs code on an executor. Name the tool `run_code`.
 *
 * While the code runs, the tool yields all of its output so far. If the call's `abortSignal` aborts, the run is killed and the call throws.
 * If the code or the platform fails, the call returns a result that the model reads. You must stop the executor yourself.
 *
 * @throws {SandpodError} `invalid-options`.
 */
export function codeTool(executor: CodeExecutor, options: CodeToolOptions = {}): Tool<CodeInput, CodeToolOutput> {
  const valid = validateOptions(optionsSchema, options, 'codeTool');
  const { timeoutMs, env, collectFiles, description } = valid;
  return tool({
    // Each step gets a new description, because the executor has more information about its languages after the sandbox has started.
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
    toModelOutput: ({ output }) => modelOutput(output, { ...valid, environment: executor.describe().environment }),
  });
}
