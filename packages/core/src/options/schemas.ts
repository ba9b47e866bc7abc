import { z } from 'zod';
import { parseWorkspacePath } from '../paths/workspace-path.ts';

const MAX_TIMER_MS = 2 ** 31 - 1;

const withoutNul = z.string().refine((text) => !text.includes('\0'), { error: 'expected text without NUL' });

/** Whole milliseconds that a timer can hold. */
export const durationMsSchema: z.ZodType<number> = z
  .int({ error: 'expected a whole number of milliseconds greater than or equal to 1' })
  .min(1, { error: 'expected a whole number of milliseconds greater than or equal to 1' })
  .max(MAX_TIMER_MS, { error: `expected at most ${MAX_TIMER_MS} milliseconds` });

export const environmentSchema: z.ZodType<Record<string, string>> = z.record(
  z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { error: 'expected a variable name of letters, digits and _' }),
  withoutNul,
);

const workspacePathSchema = z.string().superRefine((path, context) => {
  try {
    parseWorkspacePath(path);
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : 'expected a path in the workspace' });
  }
});

const bytesOrTextSchema = z.union([z.string(), z.instanceof(Uint8Array)], { error: 'expected text or a Uint8Array' });

export const inputFileSchema = z.strictObject({ path: z.string(), content: bytesOrTextSchema });

export const codeBlockSchema = z.strictObject({ code: z.string(), language: z.string(), filename: z.string().optional() });

const abortSignalSchema = z.custom<AbortSignal>(
  (value) => typeof value === 'object' && value !== null && 'aborted' in value && 'addEventListener' in value,
  { error: 'expected an AbortSignal' },
);

const onProgressSchema = z.custom<(event: never) => void>((value) => typeof value === 'function', { error: 'expected a function' });

export const executeOptionsSchema = z.strictObject({
  abortSignal: abortSignalSchema.optional(),
  timeoutMs: durationMsSchema.optional(),
  env: environmentSchema.optional(),
  cwd: withoutNul.optional(),
  stdin: bytesOrTextSchema.optional(),
  args: z.array(withoutNul).optional(),
  files: z.array(inputFileSchema.extend({ path: workspacePathSchema })).optional(),
  collectFiles: z.union([z.boolean(), z.array(z.string())], { error: 'expected true, false or a list of globs' }).optional(),
  onProgress: onProgressSchema.optional(),
});

const programShape = {
  argv: z.tuple([withoutNul.min(1)], withoutNul).optional(),
  command: withoutNul.optional(),
};

const processShape = {
  ...programShape,
  env: environmentSchema.optional(),
  cwd: withoutNul.optional(),
  files: z.array(inputFileSchema.extend({ path: workspacePathSchema })).optional(),
  timeoutMs: durationMsSchema.optional(),
  outputBytes: z.int().min(1).optional(),
  abortSignal: abortSignalSchema.optional(),
};

const oneProgram = (options: { argv?: unknown; command?: unknown }): boolean => (options.argv === undefined) !== (options.command === undefined);
const oneProgramError = { error: 'expected either argv or command' };

export const spawnOptionsSchema = z.strictObject({ ...processShape, stdin: z.boolean().optional() }).refine(oneProgram, oneProgramError);

export const runOptionsSchema = z
  .strictObject({
    ...processShape,
    stdin: z.union([z.string(), z.instanceof(Uint8Array), z.instanceof(ReadableStream)]).optional(),
    keptOutputBytes: z.int().min(2).optional(),
  })
  .refine(oneProgram, oneProgramError);
