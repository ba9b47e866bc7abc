import { z } from 'zod';
import type { AttachOptions, CreateOptions, OnProgress } from '../contract/sandbox-provider.ts';
import { abortSignalSchema } from './field-schemas.ts';
import { durationMsSchema } from './schemas.ts';
import { validateOptions } from './validate-options.ts';

/** The same rule on every back end: an id becomes part of names and labels of the platform. */
const ID = /^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/;

const idSchema = z.string().regex(ID, { error: 'expected 1 to 40 lower-case letters, digits or "-", not at the ends' });

const createOptionsSchema = z.strictObject({
  id: idSchema.optional(),
  startTimeoutMs: durationMsSchema.optional(),
  expiresInMs: durationMsSchema.optional(),
  onProgress: z.custom<OnProgress>((value) => typeof value === 'function', { error: 'expected a function' }).optional(),
  abortSignal: abortSignalSchema.optional(),
});

const attachOptionsSchema = z.strictObject({ id: idSchema, abortSignal: abortSignalSchema.optional() });

/** What every provider's `create` checks first. @throws {SandpodError} `invalid-options`; the abort's reason when it has aborted already. */
export function validateCreateOptions(options: CreateOptions): CreateOptions {
  const valid = validateOptions(createOptionsSchema, options, 'create');
  valid.abortSignal?.throwIfAborted();
  return valid;
}

/** What every provider's `attach` checks first: without an id, any sandbox would be the one. @throws as {@link validateCreateOptions}. */
export function validateAttachOptions(options: AttachOptions): AttachOptions {
  const valid = validateOptions(attachOptionsSchema, options, 'attach');
  valid.abortSignal?.throwIfAborted();
  return valid;
}
