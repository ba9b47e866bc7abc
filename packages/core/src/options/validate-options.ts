import type { z } from 'zod';
import { SandpodError } from '../errors/sandpod-error.ts';

const SECRET_NAME = /env|token|password|secret|key|authorization/i;
const SHOWN_CHARACTERS = 60;

/**
 * Checks what a caller passed, once, at the entry.
 *
 * @throws {SandpodError} `invalid-options`, naming every field with what was expected and what was given.
 */
export function validateOptions<Schema extends z.ZodType>(schema: Schema, value: unknown, what: string): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => describeIssue(issue, value, what));
  throw new SandpodError({ code: 'invalid-options', message: problems.join('; '), cause: result.error });
}

function describeIssue(issue: z.core.$ZodIssue, value: unknown, what: string): string {
  const path = [what, ...issue.path.map(String)].join('.');
  if (issue.code === 'unrecognized_keys') return `${path}: expected no other options, given ${issue.keys.join(', ')}`;
  const given = issue.path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key], value);
  const message = issue.message.replace(/^Invalid input: /, '').replace(/, received .*$/, '');
  return `${path}: ${message.startsWith('expected') ? message : `expected ${message}`}, given ${show(given, path)}`;
}

function show(value: unknown, path: string): string {
  if (SECRET_NAME.test(path) || (typeof value === 'object' && value !== null)) return Array.isArray(value) ? 'an array' : typeof value;
  if (typeof value === 'function' || typeof value === 'symbol') return typeof value;
  if (typeof value !== 'string') return String(value);
  return JSON.stringify(value.length > SHOWN_CHARACTERS ? `${value.slice(0, SHOWN_CHARACTERS)}…` : value);
}
