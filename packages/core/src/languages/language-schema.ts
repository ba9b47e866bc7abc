import { z } from 'zod';
import { textWithoutNulSchema } from '../options/field-schemas.ts';
import { environmentSchema } from '../options/schemas.ts';
import type { Language } from './language.ts';

const NAME = 'expected a name of letters, digits and "+#._-"';

const programSchema = textWithoutNulSchema.refine((program) => program !== '', { error: 'expected a program' });

/** Validates a language that a user adds. */
export const languageSchema: z.ZodType<Language> = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9+#._-]{0,63}$/, { error: `${NAME} in lower case` }),
    aliases: z.array(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9+#._-]{0,63}$/, { error: NAME })),
    extension: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,15}(\.[A-Za-z0-9_-]{1,16})?$/, { error: 'expected an extension without the dot' }),
    interpreters: z.array(z.tuple([programSchema], textWithoutNulSchema)),
    defaultPolicy: z.enum(['run', 'save']),
    env: environmentSchema.optional(),
    withoutInterpreter: z.enum(['refuse', 'save']).optional(),
    prepare: z
      .custom<NonNullable<Language['prepare']>>((value) => typeof value === 'function', { error: 'expected a function' })
      .optional(),
  })
  .refine(({ interpreters, defaultPolicy }) => defaultPolicy === 'save' || interpreters.length > 0, {
    path: ['defaultPolicy'],
    error: 'expected "save", because interpreters is empty',
  })
  .transform(({ env, withoutInterpreter, prepare, ...language }) => ({
    ...language,
    ...(env && { env }),
    ...(withoutInterpreter && { withoutInterpreter }),
    ...(prepare && { prepare }),
  }));
