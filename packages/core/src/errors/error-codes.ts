/**
 * The codes of `SandpodError`, each with advice. `isRetryable` is true if the same call may succeed later.
 *
 * `docs/errors.md` repeats this list, and a test checks that the two agree.
 */
export const ERROR_CODES = {
  'invalid-options': { isRetryable: false, advice: 'Correct the option named in the message.' },
  'invalid-path': { isRetryable: false, advice: 'Use a path inside the workspace, without "..", NUL or control characters.' },
  'path-outside-workspace': {
    isRetryable: false,
    advice: 'The path, or a symbolic link in it, points outside the workspace. Use another path, or remove the link.',
  },
  'is-directory': { isRetryable: false, advice: 'The path is a directory. Use the path of a file.' },
  'not-directory': { isRetryable: false, advice: 'The path or one of its parents is not a directory. Check the path.' },
  'permission-denied': {
    isRetryable: false,
    advice: "The sandbox's user may not read or write this path. Use another path, or change its permissions.",
  },
  'file-too-large': { isRetryable: false, advice: 'Read the file as a stream, or raise the limit named in the message.' },
  'disk-full': { isRetryable: false, advice: 'The workspace is full. Delete files, or raise limits.workspaceBytes.' },
  'invalid-cwd': { isRetryable: false, advice: 'Use a working directory that exists in the sandbox. "." is the workspace.' },
  'program-not-found': {
    isRetryable: false,
    advice: 'The program is not installed in the sandbox. Use an image or back end that includes it.',
  },
  'sandbox-not-found': { isRetryable: false, advice: 'Create a new sandbox. This sandbox has ended or never existed.' },
  'sandbox-exists': { isRetryable: false, advice: 'A running sandbox already has this name. Attach to it, or choose another name.' },
  'sandbox-ended': { isRetryable: false, advice: 'The sandbox has ended. Create a new one.' },
  'sandbox-unusable': {
    isRetryable: false,
    advice: 'Programs in the sandbox have used up the resources that a new program needs. Replace the sandbox.',
  },
  'too-many-sessions': { isRetryable: true, advice: 'End another session, or try again later.' },
  'connection-refused': { isRetryable: true, advice: 'Nothing is listening on this port. Start the server first, or raise waitMs.' },
  'start-failed': { isRetryable: true, advice: 'The platform could not start the sandbox. The message contains the reason.' },
  'start-timeout': { isRetryable: true, advice: 'Raise startTimeoutMs, or check what the platform is waiting for.' },
  'functions-failed': { isRetryable: false, advice: 'Correct the function, package or import named in the message.' },
  'backend-not-installed': { isRetryable: false, advice: 'Install the package named in the message.' },
  'unknown-backend': { isRetryable: false, advice: 'Use one of the back ends listed in the message.' },
  unsupported: { isRetryable: false, advice: 'This back end does not support the operation. Check its capabilities.' },
  transport: { isRetryable: true, advice: 'The connection to the platform failed. Check the cause of the error.' },
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;
