import { type ErrorCode, SandpodError } from '@sandpod/core';
import { LauncherLost, LauncherRefusal } from './launcher-failure.ts';
import { ownerIn } from './workspace-access.ts';

/** The path, program or directory that a request refers to, for messages. */
export interface RefusedRequest {
  readonly path?: string | undefined;
  readonly cwd?: string | undefined;
  readonly program?: string | undefined;
}

type Explanation = {
  readonly code: ErrorCode;
  readonly text: (request: Readonly<Record<keyof RefusedRequest | 'detail', string>>) => string;
};

const EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  outside: { code: 'path-outside-workspace', text: ({ path }) => `The path ${path} is outside the workspace.` },
  directory: { code: 'is-directory', text: ({ path }) => `Expected a file, but ${path} is a directory.` },
  'not-directory': { code: 'not-directory', text: ({ path }) => `The path ${path}, or a part of it, is not a directory.` },
  missing: { code: 'invalid-path', text: ({ path }) => `The path ${path} does not exist.` },
  denied: { code: 'permission-denied', text: ({ path }) => `The sandbox's user has no permission to access ${path}.` },
  special: { code: 'invalid-path', text: ({ path }) => `Expected a file, but ${path} is a named pipe.` },
  full: { code: 'disk-full', text: ({ path }) => `The sandbox has no space left for ${path}.` },
  cut: { code: 'transport', text: ({ path }) => `The content of ${path} did not arrive completely, so nothing was written.` },
  program: { code: 'program-not-found', text: ({ program }) => `The sandbox has no program ${program}.` },
  'cwd-missing': { code: 'invalid-cwd', text: ({ cwd }) => `The working directory ${cwd} does not exist.` },
  'cwd-not-directory': { code: 'invalid-cwd', text: ({ cwd }) => `The working directory ${cwd} is not a directory.` },
  'cwd-outside': { code: 'invalid-cwd', text: ({ cwd }) => `The working directory ${cwd} is outside the workspace or in /proc.` },
  'cwd-denied': { code: 'invalid-cwd', text: ({ cwd }) => `The sandbox's user has no permission to enter the working directory ${cwd}.` },
  workspace: { code: 'start-failed', text: () => 'The workspace does not exist in the sandbox.' },
  'workspace-denied': {
    code: 'start-failed',
    text: ({ detail }) => `The sandbox's user has no permission to enter the workspace${ownerIn(detail)}.`,
  },
  proc: { code: 'start-failed', text: () => 'The sandbox has no readable /proc, which the launcher needs.' },
  sleep: { code: 'start-failed', text: () => 'The sandbox lacks the program sleep, which the launcher needs.' },
  start: { code: 'start-failed', text: ({ program }) => `The program ${program} could not be prepared.` },
};

const UNKNOWN: Explanation = { code: 'transport', text: () => 'The launcher sent an unknown response.' };
const NO_PROCESSES = 'The sandbox cannot start another program, because its running processes have reached limits.processes.';

/** Converts a launcher's failure to an error for the caller. Other errors stay unchanged. */
export function toSandpodError(error: unknown, request: RefusedRequest = {}): unknown {
  if (error instanceof LauncherLost) {
    if (SandpodError.isInstance(error.cause)) return error.cause;
    if (error.hasNoProcesses) return new SandpodError({ code: 'sandbox-unusable', message: NO_PROCESSES, cause: error });
    // It is unknown whether the request took effect, so the caller must decide whether to retry.
    return new SandpodError({ code: 'transport', message: error.message, cause: error, isRetryable: false });
  }
  if (!(error instanceof LauncherRefusal)) return error;
  const quoted = { path: quote(request.path), cwd: quote(request.cwd), program: quote(request.program), detail: error.detail };
  const { code, text } = (Object.hasOwn(EXPLANATIONS, error.problem) && EXPLANATIONS[error.problem]) || UNKNOWN;
  return new SandpodError({ code, message: text(quoted), details: { ...request } });
}

function quote(text: string | undefined): string {
  return JSON.stringify((text ?? '').slice(0, 200));
}
