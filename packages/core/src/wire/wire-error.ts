import { z } from 'zod';
import { ERROR_CODES, type ErrorCode } from '../errors/error-codes.ts';
import { SandpodError } from '../errors/sandpod-error.ts';

/** JSON form of a `SandpodError`. */
export type WireError = ReturnType<SandpodError['toJSON']>;

/** The HTTP status that a service returns for each error code. */
export const HTTP_STATUS: Readonly<Record<ErrorCode, number>> = {
  'invalid-options': 400,
  'invalid-path': 400,
  'path-outside-workspace': 400,
  'is-directory': 400,
  'not-directory': 400,
  'permission-denied': 403,
  'file-too-large': 413,
  'disk-full': 507,
  'invalid-cwd': 400,
  'program-not-found': 422,
  'sandbox-not-found': 404,
  'sandbox-exists': 409,
  'sandbox-ended': 410,
  'sandbox-unusable': 409,
  'too-many-sessions': 429,
  'connection-refused': 502,
  'start-failed': 503,
  'start-timeout': 504,
  'functions-failed': 422,
  'backend-not-installed': 501,
  'unknown-backend': 400,
  unsupported: 501,
  transport: 502,
};

const codes = Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]];
const wireErrorSchema = z.object({
  code: z.enum(codes),
  message: z.string(),
  advice: z.string(),
  isRetryable: z.boolean(),
  details: z.record(z.string(), z.unknown()).default({}),
});

export function errorToWire(error: SandpodError): WireError {
  return error.toJSON();
}

/** Parses an error that another process sent. If the value is not a valid error, returns a `transport` error. */
export function errorFromWire(value: unknown): SandpodError {
  const { success, data } = wireErrorSchema.safeParse(value);
  if (success) return new SandpodError(data);
  return new SandpodError({
    code: 'transport',
    message: 'The server returned an error in a format that this version of sandpod does not support.',
  });
}
