import { type CodeResult, type ErrorCode, SandpodError } from '@sandpod/core';

/** The exit codes that are not the program's own. */
export const EXIT_CODES = { usage: 2, timeout: 124, failed: 125, cancelled: 130, brokenPipe: 141 } as const;

/** The command's exit code for a result: the program's own where it has one. */
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

const callersFault: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'invalid-options',
  'invalid-path',
  'path-outside-workspace',
  'invalid-cwd',
  'unknown-backend',
  'unsupported',
]);

/** The command's exit code for an error: 2 when the command line has to change, else 125. */
export function exitCodeOfError(error: unknown): number {
  return SandpodError.isInstance(error) && callersFault.has(error.code) ? EXIT_CODES.usage : EXIT_CODES.failed;
}

/** A process's status has 8 bits, and a failure must never look like success. */
function toStatus(exitCode: number | null, otherwise: number): number {
  return exitCode === null ? otherwise : exitCode & 255 || otherwise;
}
