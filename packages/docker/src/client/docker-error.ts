import { type ErrorCode, SandpodError } from '@sandpod/core';

interface DaemonError {
  readonly statusCode?: number;
  readonly reason?: string;
  readonly json?: { readonly message?: string };
  readonly code?: string;
  readonly message?: string;
}

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ENOENT',
  'EACCES',
  'ECONNRESET',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
]);

/** The HTTP status with which the daemon refused, where the error is such a refusal. */
export function statusOf(error: unknown): number | undefined {
  return (error as DaemonError | undefined)?.statusCode;
}

/** What the daemon said, as an error with advice. `doing` completes "Docker could not …". */
export function toSandpodError(error: unknown, doing: string, code: ErrorCode = 'start-failed'): SandpodError {
  if (SandpodError.isInstance(error)) return error;
  const { json, message = String(error), code: systemCode = '', statusCode } = error as DaemonError;
  if (UNREACHABLE.has(systemCode)) return unreachable(error, systemCode);
  return new SandpodError({
    code,
    message: `Docker could not ${doing}: ${json?.message ?? message}`,
    isRetryable: statusCode === undefined || statusCode >= 500,
    details: { statusCode },
    cause: error,
  });
}

function unreachable(error: unknown, systemCode: string): SandpodError {
  const advice =
    systemCode === 'EACCES'
      ? 'This user may not use the Docker socket: add it to the docker group, or use a rootless daemon.'
      : 'Start the Docker daemon, or point DOCKER_HOST (or the dockerHost option) at a running one.';
  const { message } = error as Error;
  return new SandpodError({ code: 'transport', message: `The Docker daemon cannot be reached: ${message}`, advice, cause: error });
}
