import { z } from 'zod';
import type {
  AttachOptions,
  ClaimOptions,
  CreateOptions,
  ListOptions,
  OnProgress,
  SandboxReference,
} from '../contract/sandbox-provider.ts';
import { abortSignalSchema } from './field-schemas.ts';
import { expiresInMsSchema } from './sandbox-options.ts';
import { durationMsSchema } from './schemas.ts';
import { validateOptions } from './validate-options.ts';

/** The rule is the same for all back ends, because a name becomes part of the platform's names and labels. */
const NAME = /^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/;
const LABEL_KEY = /^[a-z0-9]([a-z0-9._-]{0,38}[a-z0-9])?$/;
const LABEL_VALUE = /^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/;
const MAX_LABELS = 16;

const nameSchema = z
  .string()
  .regex(NAME, { error: 'expected 1 to 40 lower-case letters, digits or "-", with a letter or digit at both ends' });

const labelsSchema = z
  .record(
    z.string().regex(LABEL_KEY, {
      error: 'expected a key of 1 to 40 lower-case letters, digits, "-", "." or "_", with a letter or digit at both ends',
    }),
    z.string().regex(LABEL_VALUE, { error: 'expected up to 63 letters, digits, "-", "." or "_", with a letter or digit at both ends' }),
  )
  .refine((labels) => Object.keys(labels).length <= MAX_LABELS, { error: `expected at most ${MAX_LABELS} labels` });

const createOptionsSchema = z.strictObject({
  name: nameSchema.optional(),
  labels: labelsSchema.optional(),
  isClaimable: z.boolean().optional(),
  startTimeoutMs: durationMsSchema.optional(),
  expiresInMs: expiresInMsSchema.optional(),
  onProgress: z.custom<OnProgress>((value) => typeof value === 'function', { error: 'expected a function' }).optional(),
  abortSignal: abortSignalSchema.optional(),
});

const referenceShape = { id: nameSchema.optional(), name: nameSchema.optional() };

function namesOne({ id, name }: { readonly id?: string | undefined; readonly name?: string | undefined }): boolean {
  return (id === undefined) !== (name === undefined);
}

const ONE_REFERENCE = { error: 'expected either id or name', path: ['id'] };

/** A reference with exactly one of `id` and `name`. */
export const sandboxReferenceSchema: z.ZodType<SandboxReference> = z
  .strictObject(referenceShape)
  .refine(namesOne, ONE_REFERENCE)
  .transform((reference) => reference as SandboxReference);

const attachOptionsSchema = z
  .strictObject({ ...referenceShape, abortSignal: abortSignalSchema.optional() })
  .refine(namesOne, ONE_REFERENCE);

const claimOptionsSchema = z.strictObject({
  id: nameSchema,
  name: nameSchema.optional(),
  expiresInMs: expiresInMsSchema.optional(),
  abortSignal: abortSignalSchema.optional(),
});

const listOptionsSchema = z.strictObject({ labels: labelsSchema.optional(), abortSignal: abortSignalSchema.optional() });

/**
 * Validates the options of a provider's `create`.
 *
 * @throws {SandpodError} `invalid-options`. If the signal is already aborted, throws the abort reason.
 */
export function validateCreateOptions(options: CreateOptions): CreateOptions {
  const valid = validateOptions(createOptionsSchema, options, 'create');
  valid.abortSignal?.throwIfAborted();
  return valid;
}

/** Validates the options of a provider's `attach`, which needs either `id` or `name`. @throws like {@link validateCreateOptions}. */
export function validateAttachOptions(options: AttachOptions): AttachOptions {
  const valid = validateOptions(attachOptionsSchema, options, 'attach');
  valid.abortSignal?.throwIfAborted();
  return valid as AttachOptions;
}

/** Validates the options of a provider's `claim`. @throws like {@link validateCreateOptions}. */
export function validateClaimOptions(options: ClaimOptions): ClaimOptions {
  const valid = validateOptions(claimOptionsSchema, options, 'claim');
  valid.abortSignal?.throwIfAborted();
  return valid;
}

/** Validates the options of a provider's `list`. @throws like {@link validateCreateOptions}. */
export function validateListOptions(options: ListOptions): ListOptions {
  const valid = validateOptions(listOptionsSchema, options, 'list');
  valid.abortSignal?.throwIfAborted();
  return valid;
}
