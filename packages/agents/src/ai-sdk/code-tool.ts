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
  /** What the model is told besides what the executor's capabilities say. */
  readonly description?: string | undefined;
  /** Characters kept of each text of the tool's output. Default 65,536. */
  readonly maxOutputCharacters?: number | undefined;
}

const optionsSchema = z.strictObject({
  ...adapterShape,
  ...imageShape,
  description: z.string().default(''),
  maxOutputCharacters: z.int().min(100).default(DEFAULT_OUTPUT_CHARACTERS),
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
  const { timeoutMs, env, collectFiles, description } = valid;
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
