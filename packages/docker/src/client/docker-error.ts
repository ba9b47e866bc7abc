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

/** Returns the HTTP status of the daemon's response, or undefined if the error did not come from a response. */
export function statusOf(error: unknown): number | undefined {
  return (error as DaemonError | undefined)?.statusCode;
}

/**
 * Converts an error from the daemon to a `SandpodError`, with advice if the daemon cannot be reached. `doing` completes the sentence
 * "Docker could not …".
 */
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
      ? 'Your user may not open the Docker socket. Add your user to the docker group, or use a rootless daemon.'
      : 'Start the Docker daemon, or set DOCKER_HOST or the dockerHost option to the address of a running daemon.';
  const { message } = error as Error;
  return new SandpodError({ code: 'transport', message: `The Docker daemon cannot be reached: ${message}`, advice, cause: error });
}
