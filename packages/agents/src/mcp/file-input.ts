import { z } from 'zod';

/** The input field for a path. */
export const pathField: z.ZodString = z
  .string()
  .min(1)
  .max(4_096)
  .describe('A path relative to the working directory, or an absolute path inside it.');
