import { SandpodError } from '@sandpod/core';

/** The launcher would not do what it was asked; nothing has happened, or a write was taken back. */
export class LauncherRefusal extends Error {
  override readonly name = 'LauncherRefusal';
  /** The launcher's own word, for example `missing`. */
  readonly problem: string;
  /** Which of several files, counted from 0. */
  readonly index: number;
  /** The line of `ls -n` about a workspace that may not be entered. */
  readonly detail: string;

  constructor(payload: string) {
    const [, detail] = /^workspace-denied ([ -~]{0,200})$/.exec(payload) ?? [];
    const word = detail === undefined ? payload : 'workspace-denied';
    const [, problem = 'unknown', index = '0'] = /^([a-z-]{1,30})(?: (\d{1,6}))?$/.exec(word) ?? [];
    super(`The launcher refused: ${problem}`);
    this.problem = problem;
    this.index = Number(index);
    this.detail = detail ?? '';
  }
}

/** The channel ended before the launcher had answered. */
export class LauncherLost extends Error {
  override readonly name = 'LauncherLost';
  /** What the platform reported as the launcher's exit code, if anything. */
  readonly exitCode: number | undefined;
  /** The launcher could not start a process, because programs in the sandbox have used all of them. */
  readonly hasNoProcesses: boolean;
  /** The platform reached the sandbox: the launcher ended there, or could not be started there. */
  readonly isOfSandbox: boolean;

  constructor(options: { readonly exitCode?: number | undefined; readonly cause?: unknown }) {
    const { exitCode, cause } = options;
    super(
      exitCode === undefined ? 'The connection to the sandbox was lost.' : `The launcher in the sandbox ended with exit code ${exitCode}.`,
      cause === undefined ? undefined : { cause },
    );
    this.exitCode = exitCode;
    this.isOfSandbox = exitCode !== undefined || (SandpodError.isInstance(cause) && cause.code === 'program-not-found');
    this.hasNoProcesses = CANNOT_FORK.includes(exitCode);
  }
}

/** A shell that cannot fork ends with 2 (dash, busybox) or 254 (bash). */
const CANNOT_FORK: readonly (number | undefined)[] = [2, 254];
