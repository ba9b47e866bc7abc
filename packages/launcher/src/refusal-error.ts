import { type ErrorCode, SandpodError } from '@sandpod/core';
import { LauncherLost, LauncherRefusal } from './launcher-failure.ts';
import { ownerIn } from './workspace-access.ts';

/** What a request was about, for messages. */
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
  outside: { code: 'path-outside-workspace', text: ({ path }) => `The path ${path} leads out of the workspace.` },
  directory: { code: 'is-directory', text: ({ path }) => `Expected a file, but ${path} is a directory.` },
  'not-directory': { code: 'not-directory', text: ({ path }) => `The path ${path}, or a part of it, is not a directory.` },
  missing: { code: 'invalid-path', text: ({ path }) => `The path ${path} leads to nothing.` },
  denied: { code: 'invalid-path', text: ({ path }) => `The sandbox's user may not use ${path}.` },
  special: { code: 'invalid-path', text: ({ path }) => `Expected a file, but ${path} is a named pipe.` },
  full: { code: 'disk-full', text: ({ path }) => `No space was left in the sandbox for ${path}.` },
  cut: { code: 'transport', text: ({ path }) => `The content of ${path} did not arrive wholly; nothing was written.` },
  program: { code: 'program-not-found', text: ({ program }) => `The sandbox has no program ${program}.` },
  'cwd-missing': { code: 'invalid-cwd', text: ({ cwd }) => `The working directory ${cwd} does not exist.` },
  'cwd-not-directory': { code: 'invalid-cwd', text: ({ cwd }) => `The working directory ${cwd} is not a directory.` },
  'cwd-outside': { code: 'invalid-cwd', text: ({ cwd }) => `The working directory ${cwd} is outside of the workspace or in /proc.` },
  'cwd-denied': { code: 'invalid-cwd', text: ({ cwd }) => `The sandbox's user may not enter the working directory ${cwd}.` },
  workspace: { code: 'start-failed', text: () => 'The workspace does not exist in the sandbox.' },
  'workspace-denied': {
    code: 'start-failed',
    text: ({ detail }) => `The sandbox's user may not enter the workspace${ownerIn(detail)}.`,
  },
  proc: { code: 'start-failed', text: () => 'The sandbox has no readable /proc, which the launcher needs.' },
  sleep: { code: 'start-failed', text: () => 'The sandbox has no program sleep, which the launcher needs.' },
  start: { code: 'start-failed', text: ({ program }) => `The program ${program} could not be prepared.` },
};

const UNKNOWN: Explanation = { code: 'transport', text: () => 'The launcher gave an answer that it does not have.' };
const NO_PROCESSES = 'The sandbox has no processes left to start a program: those that it runs have used all of limits.processes.';

/** The error that a caller gets for a launcher's failure; other errors stay as they are. */
export function toSandpodError(error: unknown, request: RefusedRequest = {}): unknown {
  if (error instanceof LauncherLost) {
    if (SandpodError.isInstance(error.cause)) return error.cause;
    if (error.hasNoProcesses) return new SandpodError({ code: 'sandbox-unusable', message: NO_PROCESSES, cause: error });
    // Whether the request took effect is unknown, so that trying again is the caller's decision.
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
