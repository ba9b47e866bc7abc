import { SandpodError } from '@sandpod/core';
import type Docker from 'dockerode';
import { runInContainer, type ShortRun } from '../client/run-in-container.ts';
import { CLAIMED_EXIT_CODE, type KeeperVerb, keeperRequest, REQUEST_ENVIRONMENT } from '../manifest/keeper-script.ts';
import { type KeeperReport, parseReport } from './keeper-report.ts';

/** Time limit for one request, in milliseconds. Near the container's end, the keeper may take three seconds to confirm a change. */
const REQUEST_MS = 10_000;

interface RequestOptions {
  readonly expiresInMs?: number | null | undefined;
  readonly abortSignal?: AbortSignal | undefined;
}

/**
 * The main process of one running container. When this process ends, the container ends. Requests to the keeper run as the keeper's user,
 * and guest programs cannot switch to that user.
 */
export class Keeper {
  readonly #container: Docker.Container;
  readonly #user: string;

  /** @param user The keeper's user, see `keeperUserBeside`. */
  constructor(container: Docker.Container, user: string) {
    this.#container = container;
    this.#user = user;
  }

  /** Reads the container's actual expiry. Returns undefined if the keeper cannot be reached or its answer is invalid. */
  async look(abortSignal?: AbortSignal): Promise<KeeperReport | undefined> {
    try {
      return reportOf(await this.#run('look', { abortSignal }));
    } catch {
      abortSignal?.throwIfAborted();
      return undefined;
    }
  }

  /** Changes the container's expiry. @throws {SandpodError} `transport` if the keeper does not confirm the change. */
  async move(options: { readonly expiresInMs: number | null; readonly abortSignal?: AbortSignal | undefined }): Promise<void> {
    await this.#request('move', options);
  }

  /** Changes the container's expiry only if the new time is later. @throws the same errors as {@link move}. */
  async renew(options: { readonly expiresInMs: number | null; readonly abortSignal?: AbortSignal | undefined }): Promise<void> {
    await this.#request('renew', options);
  }

  /**
   * Claims the sandbox. Resolves with true for exactly one caller, even if the callers are in different processes.
   *
   * @throws the same errors as {@link move}.
   */
  async claim(abortSignal?: AbortSignal): Promise<boolean> {
    const run = await this.#run('claim', { abortSignal });
    if (run.exitCode === CLAIMED_EXIT_CODE) return false;
    require(run);
    return true;
  }

  /** Undoes a claim. @throws the same errors as {@link move}. */
  async release(): Promise<void> {
    await this.#request('release', {});
  }

  async #request(verb: KeeperVerb, options: RequestOptions): Promise<KeeperReport> {
    return require(await this.#run(verb, options));
  }

  #run(verb: KeeperVerb, { expiresInMs, abortSignal }: RequestOptions): Promise<ShortRun> {
    const deadline = AbortSignal.timeout(REQUEST_MS);
    return runInContainer(this.#container, {
      argv: keeperRequest(verb, expiresInMs),
      user: this.#user,
      env: REQUEST_ENVIRONMENT,
      abortSignal: abortSignal === undefined ? deadline : AbortSignal.any([abortSignal, deadline]),
    });
  }
}

function require(run: ShortRun): KeeperReport {
  const report = reportOf(run);
  if (report !== undefined) return report;
  throw new SandpodError({
    code: 'transport',
    message: `The container's keeper did not confirm the change of the container's expiry or owner (exit code ${run.exitCode}).`,
    advice: 'The container may be ending. List the sandboxes, and create a new sandbox if this one is gone.',
  });
}

/** Returns the report of a request that succeeded, or undefined if it failed or its answer is malformed. */
function reportOf({ exitCode, stdout }: ShortRun): KeeperReport | undefined {
  return exitCode === 0 ? parseReport(stdout) : undefined;
}
