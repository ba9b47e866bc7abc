import { SandpodError } from '@sandpod/core';
import type Docker from 'dockerode';
import { runInContainer, type ShortRun } from '../client/run-in-container.ts';
import { CLAIMED_EXIT_CODE, type KeeperVerb, keeperRequest, REQUEST_ENVIRONMENT } from '../manifest/keeper-script.ts';

/** Milliseconds for one request; the keeper may take three seconds to confirm a move near the container's end. */
const REQUEST_MS = 10_000;
/** Differences between two calculations of one end, in milliseconds. */
const SAME_MS = 1_000;

/** A container's expiry and owner. */
export interface KeeperReport {
  /** Milliseconds since the epoch, by this machine's clock; undefined: never. */
  readonly expiresMs: number | undefined;
  readonly isClaimed: boolean;
}

interface RequestOptions {
  readonly expiresInMs?: number | null | undefined;
  readonly abortSignal?: AbortSignal | undefined;
}

/**
 * The main process of one running container, whose end is the container's end. Requests run as its user, which guest programs cannot become.
 */
export class Keeper {
  readonly #container: Docker.Container;
  readonly #user: string;

  /** @param user the keeper's user, see `keeperUserBeside`. */
  constructor(container: Docker.Container, user: string) {
    this.#container = container;
    this.#user = user;
  }

  /** The container's true expiry; undefined when the keeper cannot be reached or its answer makes no sense. */
  async look(abortSignal?: AbortSignal): Promise<KeeperReport | undefined> {
    try {
      return parseReport(await this.#run('look', { abortSignal }));
    } catch {
      abortSignal?.throwIfAborted();
      return undefined;
    }
  }

  /** Moves the container's end. @throws {SandpodError} `transport` when the keeper did not confirm it. */
  async move(options: { readonly expiresInMs: number | null; readonly abortSignal?: AbortSignal | undefined }): Promise<void> {
    await this.#request('move', options);
  }

  /** Moves the container's end to a later time, never to an earlier one. @throws as {@link move}. */
  async renew(options: { readonly expiresInMs: number | null; readonly abortSignal?: AbortSignal | undefined }): Promise<void> {
    await this.#request('renew', options);
  }

  /** True for exactly one caller, in whatever process. @throws as {@link move}. */
  async claim(abortSignal?: AbortSignal): Promise<boolean> {
    const run = await this.#run('claim', { abortSignal });
    if (run.exitCode === CLAIMED_EXIT_CODE) return false;
    require(run);
    return true;
  }

  /** Undoes a claim. @throws as {@link move}. */
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
  const report = parseReport(run);
  if (report !== undefined) return report;
  throw new SandpodError({
    code: 'transport',
    message: `The container's keeper did not confirm the change of its expiry or owner (exit code ${run.exitCode}).`,
    advice: 'The container may be ending: list sandboxes, and create a new one if this one is gone.',
  });
}

function parseReport({ exitCode, stdout }: ShortRun): KeeperReport | undefined {
  const [, now, end = '', claimed, stated] = /^(\d{1,15}) (\d{1,15}|never) ([01]) (\d{1,15}|never)\n$/.exec(stdout) ?? [];
  if (exitCode !== 0 || now === undefined) return undefined;
  const expiresMs = end === 'never' ? undefined : epochTime(Date.now() + (Number(end) - Number(now)) * 10, Number(stated));
  return { expiresMs, isClaimed: claimed === '1' };
}

/**
 * The end that the client stated, so that every request gets the same. Clocks can disagree, or a clock was changed, or the start took
 * long: then the end that was calculated from the remaining time, in whole seconds.
 */
function epochTime(calculatedMs: number, statedMs: number): number {
  return Math.abs(calculatedMs - statedMs) < SAME_MS ? statedMs : Math.round(calculatedMs / 1_000) * 1_000;
}
