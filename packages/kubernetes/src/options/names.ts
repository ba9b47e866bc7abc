import { z } from 'zod';

const NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** A name that is valid for pods, Jobs, labels and hosts. */
export const podNameSchema: z.ZodString = z
  .string()
  .regex(NAME, { error: 'expected 1 to 63 lower-case letters, digits or "-", and no "-" at the start or the end' });
