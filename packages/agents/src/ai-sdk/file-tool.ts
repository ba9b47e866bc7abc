import { type Tool, tool } from 'ai';
import type { z } from 'zod';
import { platformFailure } from '../shared/failure-text.ts';

/** The output of a file tool. */
export interface FileToolOutput {
  readonly isError: boolean;
  readonly text: string;
}

/** Creates a tool that performs one file operation and returns text. */
export function fileTool<Input extends object>(parts: {
  readonly description: string;
  readonly inputSchema: z.ZodType<Input>;
  readonly run: (input: Input & { abortSignal?: AbortSignal }) => Promise<FileToolOutput>;
}): Tool<Input, FileToolOutput> {
  const { description, inputSchema, run } = parts;
  const execute = async (input: Input, { abortSignal }: { abortSignal?: AbortSignal }): Promise<FileToolOutput> => {
    try {
      return await run({ ...input, ...(abortSignal ? { abortSignal } : {}) });
    } catch (error) {
      const failure = platformFailure(error);
      if (failure === undefined) throw error;
      return { isError: true, text: `${failure.message} ${failure.advice}` };
    }
  };
  return tool<Input, FileToolOutput, Record<string, unknown>>({
    description,
    inputSchema,
    execute,
    toModelOutput: ({ output }) => ({ type: output.isError ? 'error-text' : 'text', value: output.text }),
  });
}
