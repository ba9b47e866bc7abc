import { z } from 'zod';
import { abortSignalSchema } from './field-schemas.ts';
import { durationMsSchema } from './schemas.ts';

/** Duration in milliseconds, or null for "never". */
export const expiresInMsSchema = durationMsSchema.nullable();

export const leftoversSchema = z.enum(['keep', 'end']);

export const connectOptionsSchema = z.strictObject({
  port: z.int().min(1).max(65_535),
  waitMs: z.int().min(0).optional(),
  abortSignal: abortSignalSchema.optional(),
});

export const extendOptionsSchema = z.strictObject({ expiresInMs: expiresInMsSchema, abortSignal: abortSignalSchema.optional() });

export const detachOptionsSchema = z.strictObject({ leftovers: leftoversSchema.optional() });
