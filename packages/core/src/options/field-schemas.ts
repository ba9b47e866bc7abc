import { isUint8Array } from 'node:util/types';
import { z } from 'zod';
import { SandpodError } from '../errors/sandpod-error.ts';
import { compileGlobs } from '../paths/glob.ts';
import { parseWorkspacePath } from '../paths/workspace-path.ts';

/** Text for an argument, a variable or a path that is passed to a program. NUL is refused because it would end the text. */
export const textWithoutNulSchema: z.ZodType<string, string> = z.string().refine((text) => !text.includes('\0'), {
  error: 'expected text without NUL',
});

export const bytesSchema: z.ZodType<Uint8Array> = z.custom<Uint8Array>(isUint8Array, { error: 'expected a Uint8Array' });

export const textOrBytesSchema: z.ZodType<string | Uint8Array> = z.union([z.string(), bytesSchema], {
  error: 'expected a string or a Uint8Array',
});

/** Also accepts an abort signal from another realm or from a library. */
export const abortSignalSchema: z.ZodType<AbortSignal> = z.custom<AbortSignal>(isAbortSignal, { error: 'expected an AbortSignal' });

/** A path in the workspace. The result is in normal form. */
export const workspacePathSchema: z.ZodType<string> = z.string().transform((path, context) => {
  const { value, expected } = attempt(() => parseWorkspacePath(path));
  if (expected !== undefined) context.addIssue({ code: 'custom', message: `expected ${expected}` });
  return value ?? z.NEVER;
});

/** A directory in the workspace, where `.` is the workspace itself. An absolute path is returned as is. */
export const directorySchema: z.ZodType<string> = textWithoutNulSchema.transform((path, context) => {
  if (path.startsWith('/')) return path;
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (path !== '' && segments.length === 0) return '.';
  const { value, expected } = attempt(() => parseWorkspacePath(segments.join('/')));
  if (expected !== undefined) context.addIssue({ code: 'custom', message: `expected ${expected}` });
  return value ?? z.NEVER;
});

/** Globs that are valid for {@link compileGlobs}. */
export const globsSchema: z.ZodType<string[]> = z.array(z.string()).superRefine((patterns, context) => {
  const problems = patterns.map((pattern) => attempt(() => compileGlobs([pattern])).expected);
  for (const [index, expected] of problems.entries()) {
    if (expected !== undefined) context.addIssue({ code: 'custom', path: [index], message: `expected ${expected}` });
  }
  if (problems.some((problem) => problem !== undefined)) return;
  const { expected } = attempt(() => compileGlobs(patterns));
  if (expected !== undefined) context.addIssue({ code: 'custom', message: `expected ${expected}` });
});

function isAbortSignal(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const signal = value as Partial<AbortSignal>;
  return (
    typeof signal.aborted === 'boolean' && typeof signal.addEventListener === 'function' && typeof signal.removeEventListener === 'function'
  );
}

/** Returns the value from `run`. If `run` throws a sandpod error, returns a description of the expected value instead. */
function attempt<Value>(run: () => Value): { readonly value?: Value; readonly expected?: string } {
  try {
    return { value: run() };
  } catch (error) {
    if (!SandpodError.isInstance(error)) throw error;
    return { expected: String(error.details['expected']) };
  }
}
