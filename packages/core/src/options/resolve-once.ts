import type { z } from 'zod';
import { validateOptions } from './validate-options.ts';

/** A symbol, so that a schema does not see it and a copy made by spreading keeps it. */
const RESOLVED = Symbol('resolved options');

/** Marks options as output of a schema, or as a part of such output. */
export function markResolved<Options extends object>(options: Options): Options {
  return Object.assign(options, { [RESOLVED]: true });
}

export function isResolved(options: object): boolean {
  return RESOLVED in options;
}

/**
 * Like `validateOptions`, but returns options unchanged if they are marked as resolved. An entry point uses this function so that the
 * constructors that it calls do not validate the options again.
 *
 * @throws {SandpodError} `invalid-options`.
 */
export function resolveOnce<Schema extends z.ZodType>(schema: Schema, options: object, what: string): z.output<Schema> {
  if (typeof options === 'object' && options !== null && isResolved(options)) return options as z.output<Schema>;
  const resolved = validateOptions(schema, options, what);
  return markResolved(resolved as object) as z.output<Schema>;
}
