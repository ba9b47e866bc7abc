import { SandpodError } from '@sandpod/core';

/** Thrown if the launcher refuses a request. Either nothing has changed, or an incomplete write was undone. */
export class LauncherRefusal extends Error {
  override readonly name = 'LauncherRefusal';
  /** The launcher's code for the problem, for example `missing`. */
  readonly problem: string;
  /** The index of the affected file if the request has several files. The first index is 0. */
  readonly index: number;
  /** The line that `ls -n` prints for the workspace if the user has no permission to enter it. Otherwise empty. */
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

/** Thrown if the channel ended before the launcher had answered. */
export class LauncherLost extends Error {
  override readonly name = 'LauncherLost';
  /** The launcher's exit code as the platform reported it, if any. */
  readonly exitCode: number | undefined;
  /** True if the launcher could not start a process because programs in the sandbox have reached the process limit. */
  readonly hasNoProcesses: boolean;
  /** True if the platform reached the sandbox, but the launcher either ended or could not be started. */
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

/** A shell that cannot fork exits with code 2 (dash, busybox) or 254 (bash). */
const CANNOT_FORK: readonly (number | undefined)[] = [2, 254];
