import { z } from 'zod';
import type { CodeBlock } from '../contract/code-block.ts';
import type { ExecuteOptions } from '../contract/code-executor.ts';
import type { InputFile, RunOptions, SpawnOptions } from '../contract/process.ts';
import type { OnProgress } from '../contract/sandbox-provider.ts';
import {
  abortSignalSchema,
  bytesSchema,
  directorySchema,
  globsSchema,
  textOrBytesSchema,
  textWithoutNulSchema,
  workspacePathSchema,
} from './field-schemas.ts';

/** The longest delay of a JavaScript timer, 24.8 days. */
const MAX_TIMER_MS = 2 ** 31 - 1;
const WHOLE_MS = 'expected a whole number of milliseconds greater than or equal to 1';
const POSITIVE = 'expected a whole number greater than or equal to 1';
const ONE_PROGRAM = 'expected either argv or command';

/** Duration in milliseconds, from 1 ms to 24.8 days. */
export const durationMsSchema: z.ZodType<number, number> = z
  .int({ error: WHOLE_MS })
  .min(1, { error: WHOLE_MS })
  .max(MAX_TIMER_MS, { error: `expected at most ${MAX_TIMER_MS} milliseconds` });

const positiveSchema = z.int({ error: POSITIVE }).min(1, { error: POSITIVE });

/** Environment variables. Names match `[A-Za-z_][A-Za-z0-9_]*`, and values are text without NUL. */
export const environmentSchema: z.ZodType<Record<string, string>, Readonly<Record<string, string>>> = z.preprocess(
  refuseProto,
  z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { error: 'expected a name of letters, digits and "_"' }), textWithoutNulSchema),
) as z.ZodType<Record<string, string>, Readonly<Record<string, string>>>;

/** A file to write to the workspace. The path in the result is in normal form. */
export const inputFileSchema: z.ZodType<InputFile> = z.strictObject({ path: workspacePathSchema, content: textOrBytesSchema });

export const codeBlockSchema: z.ZodType<CodeBlock> = z
  .strictObject({ code: z.string(), language: z.string(), filename: z.string().optional() })
  .transform(({ filename, ...block }) => (filename === undefined ? block : { ...block, filename }));

export const executeOptionsSchema: z.ZodType<ExecuteOptions> = z.strictObject({
  contextId: z.string().optional(),
  abortSignal: abortSignalSchema.optional(),
  timeoutMs: durationMsSchema.optional(),
  env: environmentSchema.optional(),
  cwd: directorySchema.refine((path) => !path.startsWith('/'), { error: 'expected a directory relative to the workspace' }).optional(),
  stdin: textOrBytesSchema.optional(),
  args: z.array(textWithoutNulSchema).optional(),
  files: z.array(inputFileSchema).optional(),
  collectFiles: z.union([z.boolean(), globsSchema]).optional(),
  onProgress: z.custom<OnProgress>((value) => typeof value === 'function', { error: 'expected a function' }).optional(),
});

const processShape = {
  argv: z
    .tuple([textWithoutNulSchema.refine((program) => program !== '', { error: 'expected a program' })], textWithoutNulSchema)
    .optional(),
  command: textWithoutNulSchema.optional(),
  env: environmentSchema.optional(),
  cwd: directorySchema.optional(),
  files: z.array(inputFileSchema).optional(),
  timeoutMs: durationMsSchema.optional(),
  outputBytes: positiveSchema.optional(),
  abortSignal: abortSignalSchema.optional(),
};

export const spawnOptionsSchema: z.ZodType<SpawnOptions> = z
  .strictObject({ ...processShape, stdin: z.boolean().optional() })
  .refine(hasOneProgram, { error: ONE_PROGRAM })
  .transform((options) => options as SpawnOptions);

export const runOptionsSchema: z.ZodType<RunOptions> = z
  .strictObject({
    ...processShape,
    stdin: z
      .union([z.string(), bytesSchema, z.custom<ReadableStream<Uint8Array>>(isReadable, { error: 'expected a ReadableStream' })])
      .optional(),
    keptOutputBytes: z.int().min(0).optional(),
  })
  .refine(hasOneProgram, { error: ONE_PROGRAM })
  .transform((options) => options as RunOptions);

function hasOneProgram(options: { readonly argv?: unknown; readonly command?: unknown }): boolean {
  return (options.argv === undefined) !== (options.command === undefined);
}

function isReadable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && typeof (value as Partial<ReadableStream>).getReader === 'function';
}

/** Rejects the name `__proto__`, which a zod record would silently drop. */
function refuseProto(value: unknown, context: z.RefinementCtx): unknown {
  const isProto = typeof value === 'object' && value !== null && Object.hasOwn(value, '__proto__');
  if (isProto) context.addIssue({ code: 'custom', path: ['__proto__'], message: 'expected a name other than __proto__' });
  return value;
}
