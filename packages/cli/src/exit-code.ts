import { type CodeResult, type ErrorCode, SandpodError } from '@sandpod/core';

/** Exit codes set by the command rather than by the program. */
export const EXIT_CODES = { usage: 2, timeout: 124, failed: 125, cancelled: 130, brokenPipe: 141 } as const;

/** Returns the command's exit code for a result: the program's exit code, if it has an exit code. */
export function exitCodeOfResult(result: CodeResult): number {
  switch (result.outcome) {
    case 'ok':
      return 0;
    case 'failed':
      return toStatus(result.exitCode, 1);
    case 'timeout':
      return EXIT_CODES.timeout;
    case 'cancelled':
      return EXIT_CODES.cancelled;
    case 'refused':
      return EXIT_CODES.usage;
    default:
      return toStatus(result.exitCode, EXIT_CODES.failed);
  }
}

const usageErrors: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'invalid-options',
  'invalid-path',
  'path-outside-workspace',
  'permission-denied',
  'invalid-cwd',
  'unknown-backend',
  'unsupported',
]);

/** Returns the command's exit code for an error: 2 if the command line must be corrected, otherwise 125. */
export function exitCodeOfError(error: unknown): number {
  return SandpodError.isInstance(error) && usageErrors.has(error.code) ? EXIT_CODES.usage : EXIT_CODES.failed;
}

/**
 * Reduces an exit code to the 8 bits of an exit status. Returns `otherwise` for null, and instead of 0, because a failure must not become
 * 0.
 */
function toStatus(exitCode: number | null, otherwise: number): number {
  return exitCode === null ? otherwise : exitCode & 255 || otherwise;
}
