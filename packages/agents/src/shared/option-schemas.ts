import type { CodeExecutor } from '@sandpod/core';
import { z } from 'zod';

/** Creates a schema for values that can be recognized but not validated in depth. `expected` describes the value in messages. */
export function customSchema<T>(isValid: (value: unknown) => boolean, expected: string): z.ZodType<T> {
  return z.custom<T>(isValid, { error: `expected ${expected}` });
}

export function functionSchema<T>(): z.ZodType<T> {
  return customSchema<T>((value) => typeof value === 'function', 'a function');
}

/** Creates a schema for objects that have the given member. */
export function objectSchema<T>(member: keyof T & string, expected: string): z.ZodType<T> {
  return customSchema<T>((value) => typeof value === 'object' && value !== null && member in value, expected);
}

export const executorSchema: z.ZodType<CodeExecutor> = objectSchema<CodeExecutor>('stream', 'a CodeExecutor');

export const abortSignalSchema: z.ZodType<AbortSignal> = objectSchema<AbortSignal>('aborted', 'an AbortSignal');
