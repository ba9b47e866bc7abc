import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { ExitStatus, SandboxProcess, SignalName, SpawnOptions } from '@sandpod/core';
import { createProcessHandle } from '@sandpod/core/backend';
import type { ActiveRun } from './active-run.ts';
import { type BegunRun, beginRun } from './begin-run.ts';
import { LauncherLost } from './launcher-failure.ts';
import type { LauncherHost } from './launcher-host.ts';
import { parseRunEnding } from './run-ending.ts';
import type { StdinMode } from './run-header.ts';
import { RunInput } from './run-input.ts';
import { RunOutput } from './run-output.ts';
import { outputLimit, type StopCause, settleWith, timeLimit } from './stop-cause.ts';
import { watchRun } from './watch-run.ts';

type RunState =
  /** A cause that occurs before the program has started stops the program as soon as it starts. */
  | { readonly phase: 'starting'; readonly cause?: StopCause }
  | { readonly phase: 'running'; readonly begun: BegunRun; readonly over: Promise<void> }
  | {
      readonly phase: 'stopping';
      readonly begun: BegunRun;
      readonly over: Promise<void>;
      readonly cause: StopCause;
      readonly stopped: Promise<void>;
    }
  | { readonly phase: 'over' };

/** The client itself ends a run this many milliseconds after the time limit and the grace period, if the guard in the sandbox did not. */
const OUTER_SLACK_MS = 2_500;
/** The client asks a launcher for a sign of life this many milliseconds earlier. The second value is the time limit for the answer. */
const PROBE_MS = 2_400;
const PROBE_ANSWER_MS = 2_000;
/** Time limit in milliseconds for the launcher of a killed program to complete its response. */
const LAST_WORDS_MS = 1_000;
/** After this many milliseconds without output, sandpod checks whether the program still exists. */
const SILENCE_MS = 2_000;
/** Time limit in milliseconds for a launcher to become idle or to end after its response is complete. */
const SETTLE_MS = 2_000;
/** Time limit in milliseconds for ending the remaining processes of a run whose connection broke. */
const CLEAN_UP_MS = 1_500;

/** A program that a launcher started. */
export class LaunchedRun implements ActiveRun {
  readonly id: string = randomBytes(16).toString('hex');
  isAlone = true;
  readonly #host: LauncherHost;
  readonly #options: SpawnOptions;
  readonly #output: RunOutput;
  readonly #result = Promise.withResolvers<ExitStatus>();
  #state: RunState = { phase: 'starting' };
  #isReachable = true;

  private constructor(host: LauncherHost, options: SpawnOptions) {
    this.#host = host;
    this.#options = options;
    const maxBytes = options.outputBytes ?? host.outputBytes;
    this.#output = new RunOutput({ maxBytes, onLimit: () => void this.#stop(outputLimit(maxBytes)) });
    this.#result.promise.catch(() => {});
  }

  static async start(host: LauncherHost, options: SpawnOptions): Promise<SandboxProcess> {
    const run = new LaunchedRun(host, options);
    host.entered(run);
    try {
      return await run.#start();
    } catch (error) {
      host.left(run);
      throw error;
    }
  }

  leave(reason: string, ended?: Promise<unknown>): Promise<void> {
    return this.#stop({ kind: 'lost', outcome: 'session-lost', reason }, ended && (() => ended));
  }

  async #start(): Promise<SandboxProcess> {
    const stdin: StdinMode = this.#options.stdin === true ? this.#host.stdinMode : 'none';
    const begun = await beginRun(this.#host, {
      id: this.id,
      spawn: this.#options,
      stdin,
      sink: (chunk) => this.#output.write(chunk),
    });
    const input = stdin === 'none' ? undefined : new RunInput(begun.launcher, stdin);
    await this.#enter(begun, input);
    return createProcessHandle({
      output: this.#output.stream,
      stdin: input?.stream,
      pid: begun.pid,
      wait: () => this.#result.promise,
      signal: (name) => this.#signal(begun, name),
      kill: () => this.#stop({ kind: 'kill' }),
    });
  }

  /** Records that the program has started, and begins to follow it. An abort during the start stops the program at once. */
  async #enter(begun: BegunRun, input: RunInput | undefined): Promise<void> {
    const { abortSignal } = this.#options;
    const early = this.#state.phase === 'starting' ? this.#state.cause : undefined;
    this.#state = { phase: 'running', begun, over: this.#follow(begun, input) };
    if (early !== undefined) void this.#stop(early);
    if (!abortSignal?.aborted) return;
    await this.#stop({ kind: 'abort', error: abortSignal.reason });
    abortSignal.throwIfAborted();
  }

  /** Follows the program to its end. Resolves when the run is over. */
  async #follow(begun: BegunRun, input: RunInput | undefined): Promise<void> {
    using _ = this.#watch(begun);
    try {
      await this.#conclude(begun, await begun.exchange.ended);
    } catch (error) {
      await this.#concludeLoss(begun, error);
    } finally {
      this.#state = { phase: 'over' };
      this.#host.left(this);
      input?.end();
      this.#output.close();
      void release(this.#host, begun);
    }
  }

  /** Ends the run if it is aborted, or if the guard in the sandbox has failed to end it. */
  #watch(begun: BegunRun): Disposable {
    const { abortSignal, timeoutMs } = this.#options;
    return watchRun({
      abortSignal,
      overdueMs: timeoutMs === undefined ? undefined : timeoutMs + this.#host.graceMs + OUTER_SLACK_MS,
      probeMs: PROBE_MS,
      onProbe: () => void this.#probe(),
      onAbort: (error) => void this.#stop({ kind: 'abort', error }),
      onOverdue: () => void this.#stop(timeLimit(timeoutMs), (run) => this.#kill(run, this.#isReachable ? undefined : CLEAN_UP_MS)),
      onLook: () => void this.#look(begun),
    });
  }

  /** Checks whether the platform responds. If it does not, the run does not wait for it after the time limit. */
  async #probe(): Promise<void> {
    this.#isReachable = await this.#host.isReachable(PROBE_ANSWER_MS);
  }

  /**
   * If no output arrives, checks whether the program still exists. A program can kill its launcher and leave children that keep the streams
   * open. Some platforms then report no end. Output of an ended program may still be in transit.
   */
  async #look(begun: BegunRun): Promise<void> {
    if (!this.#isSilent() || (await this.#host.look(begun)) !== false) return;
    await delay(LAST_WORDS_MS);
    if (this.#isSilent()) begun.launcher.destroy(new Error('The program has ended, but its exit code was not reported.'));
  }

  #isSilent(): boolean {
    return this.#state.phase === 'running' && this.#output.silentMs > SILENCE_MS;
  }

  /** Settles the result after the launcher has reported how the program ended. */
  async #conclude(begun: BegunRun, answer: string): Promise<void> {
    if (this.#state.phase === 'stopping') return this.#concludeStop(this.#state);
    const { exitCode, isExpired, isOutOfMemory } = parseRunEnding(answer);
    if (isExpired) {
      // The guard in the sandbox has ended the run. This call makes sure of it.
      await this.#kill(begun);
      settleWith(this.#result, timeLimit(this.#options.timeoutMs));
    } else if (isOutOfMemory) settleWith(this.#result, await this.#host.memoryLimit());
    else this.#result.resolve({ exitCode });
  }

  async #concludeStop({ cause, stopped }: Extract<RunState, { phase: 'stopping' }>): Promise<void> {
    await stopped;
    settleWith(this.#result, cause);
  }

  /** Settles the result if the connection ended before the launcher had reported how the program ended. */
  async #concludeLoss(begun: BegunRun, error: unknown): Promise<void> {
    if (this.#state.phase === 'stopping') return this.#concludeStop(this.#state);
    const loss = error instanceof LauncherLost ? error : new LauncherLost({ cause: error });
    const [{ outcome, reason }, isClean] = await Promise.all([this.#host.explain(loss), this.#end(begun, CLEAN_UP_MS)]);
    // Reported only now, because a lost sandbox is the reason for every later loss and would replace the platform's reason.
    if (!isClean) this.#host.reportUnclean(begun.pid);
    const rest = isClean || this.#host.hasEnded ? '' : ' It is not known whether the program is still running.';
    settleWith(this.#result, { kind: 'lost', outcome, reason: `${reason}${rest}` });
  }

  /** Stops the run and everything that it started. Resolves when the run is over. Only the first cause counts. */
  #stop(cause: StopCause, end?: (begun: BegunRun) => Promise<unknown>): Promise<void> {
    const state = this.#state;
    switch (state.phase) {
      case 'starting':
        this.#state = { phase: 'starting', cause: state.cause ?? cause };
        return Promise.resolve();
      case 'running': {
        this.#output.discard();
        const { begun, over } = state;
        const stopped = (end ?? ((run) => this.#kill(run)))(begun).then(() => hangUpSoon(begun));
        this.#state = { phase: 'stopping', begun, over, cause, stopped };
        return over;
      }
      case 'stopping':
        return state.over;
      case 'over':
        return Promise.resolve();
    }
  }

  async #signal(begun: BegunRun, name: SignalName): Promise<void> {
    if (this.#state.phase === 'running') await this.#host.signal(begun, name);
  }

  /** Kills the run and everything that it started. If a process may have survived, the sandbox counts as lost. */
  async #kill(begun: BegunRun, withinMs?: number): Promise<void> {
    if (!(await this.#end(begun, withinMs))) this.#host.reportUnclean(begun.pid);
  }

  /** Ends everything that the run started. Resolves with false if a process may have survived. */
  #end(begun: BegunRun, withinMs?: number): Promise<boolean> {
    return this.#host.kill({ ...begun, id: this.id, isAlone: this.isAlone }, withinMs);
  }
}

/** Closes the connection to a launcher that does not complete its response soon after its program was killed. */
function hangUpSoon({ launcher, exchange }: BegunRun): void {
  const timer = setTimeout(() => launcher.destroy(new Error('The launcher did not end.')), LAST_WORDS_MS);
  const stop = (): void => clearTimeout(timer);
  exchange.ended.then(stop, stop);
}

/**
 * Returns the launcher to the pool once it is idle. A launcher that served an open input, or whose output other processes keep open, ends
 * instead.
 */
async function release(host: LauncherHost, { launcher, exchange }: BegunRun): Promise<void> {
  const timer = setTimeout(() => launcher.destroy(new Error('The launcher did not become idle.')), SETTLE_MS);
  timer.unref();
  const isIdle = await exchange.idle.then(
    () => true,
    () => false,
  );
  clearTimeout(timer);
  host.settle(launcher, { isIdle, report: exchange.report });
}
