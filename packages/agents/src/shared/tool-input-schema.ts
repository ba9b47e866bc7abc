import { z } from 'zod';

/**
 * Creates the schema for the input of a tool. Unknown arguments are rejected, and the message contains their names. If they were ignored,
 * the model would assume that they had an effect.
 */
export function toolInputSchema<Shape extends z.core.$ZodLooseShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? unknownArguments(issue.keys, Object.keys(shape)) : undefined),
  });
}

function unknownArguments(given: readonly string[], known: readonly string[]): string {
  const names = given.map((name) => JSON.stringify(name)).join(', ');
  return `Unknown argument${given.length > 1 ? 's' : ''} ${names}: expected only ${known.join(', ')}.`;
}
