/**
 * Every code of a `SandpodError`, with whether trying again can help and what to do about it.
 *
 * `docs/errors.md` is written from the same list and a test holds the two together.
 */
export const ERROR_CODES = {
  'invalid-options': { isRetryable: false, advice: 'Correct the named option; the message says what was expected.' },
  'invalid-path': { isRetryable: false, advice: 'Use a path below the workspace, without "..", NUL or control characters.' },
  'path-outside-workspace': {
    isRetryable: false,
    advice: 'The path, or a link on its way, leads out of the workspace. Use another path, or remove the link.',
  },
  'is-directory': { isRetryable: false, advice: 'The path is a directory; name a file.' },
  'not-directory': { isRetryable: false, advice: 'The path, or a part of it, is not a directory.' },
  'file-too-large': { isRetryable: false, advice: 'Read the file as a stream, or raise the limit that the message names.' },
  'disk-full': { isRetryable: false, advice: 'The workspace is full: delete files or raise limits.workspaceBytes.' },
  'invalid-cwd': { isRetryable: false, advice: 'Use a working directory that exists in the sandbox; "." is the workspace.' },
  'program-not-found': { isRetryable: false, advice: 'The sandbox has no such program; use an image or back end that has it.' },
  'sandbox-not-found': { isRetryable: false, advice: 'Create a new sandbox; this one has ended or never existed.' },
  'sandbox-exists': { isRetryable: false, advice: 'A live sandbox has this name: attach to it, or choose another name.' },
  'sandbox-ended': { isRetryable: false, advice: 'The sandbox has ended; create a new one.' },
  'too-many-sessions': { isRetryable: true, advice: 'End another session, or try again later.' },
  'connection-refused': { isRetryable: true, advice: 'Nothing listens on this port: start the server first, or raise waitMs.' },
  'start-failed': { isRetryable: true, advice: 'The platform could not start the sandbox; the message holds its reason.' },
  'start-timeout': { isRetryable: true, advice: 'Raise startTimeoutMs, or see what the platform is waiting for.' },
  'functions-failed': { isRetryable: false, advice: 'Correct the function, package or import that the message names.' },
  'backend-not-installed': { isRetryable: false, advice: 'Install the package that the message names.' },
  'unknown-backend': { isRetryable: false, advice: 'Use one of the back ends that the message lists.' },
  unsupported: { isRetryable: false, advice: 'This back end cannot do it; its capabilities say what it can.' },
  transport: { isRetryable: true, advice: 'The connection to the platform failed; look at the cause.' },
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;
