import { addAbortListener } from 'node:events';
import { DEFAULT_GRACE_MS, type LostOutcome, SandpodError, type SignalName } from '@sandpod/core';
import type { ActiveRun } from './active-run.ts';
import { DiskWatch } from './disk-watch.ts';
import { endProcesses } from './end-processes.ts';
import type { Launcher } from './launcher.ts';
import { LauncherLost } from './launcher-failure.ts';
import type { LauncherHostOptions } from './launcher-host-options.ts';
import { encodeItems } from './launcher-message.ts';
import { LauncherPool } from './launcher-pool.ts';
import type { LossExplanation } from './loss-explanation.ts';
import { encodeKill, type StdinMode } from './run-header.ts';
import type { ProcessIdentity, RunIdentity } from './run-identity.ts';
import { sandboxEnded, sandboxUnusable } from './sandbox-error.ts';
import { memoryLimit, type StopCause } from './stop-cause.ts';

/** Time limit in milliseconds for ending a run from outside, including the opening of a launcher. */
const KILL_MS = 10_000;
const LOOK_MS = 5_000;
const SILENT = 'The processes that sandpod starts in the sandbox do not answer. A program in the sandbox may have stopped them.';
/** A launcher's report after a run if no program of any run is still running. */
const CLEAN = '';

/** The state that all runs in one sandbox share: the launchers and the active runs. */
export class LauncherHost {
  readonly pool: LauncherPool;
  readonly graceMs: number;
  readonly outputBytes: number;
  readonly ulimits: Readonly<Record<string, number>>;
  readonly #options: LauncherHostOptions;
  readonly #runs = new Set<ActiveRun>();
  readonly #disk: DiskWatch;
  #end: Pick<LossExplanation, 'outcome' | 'reason'> | undefined;

  constructor(options: LauncherHostOptions) {
    const { transport, workspace, ownsProcesses = true, hiddenShell, ahead } = options;
    this.#options = options;
    this.graceMs = options.graceMs ?? DEFAULT_GRACE_MS;
    this.outputBytes = options.outputBytes;
    this.ulimits = options.ulimits ?? {};
    this.#disk = new DiskWatch({
      limits: options.diskLimits ?? [],
      measure: (paths) => this.#ask('sizes', { items: encodeItems([paths.length, ...paths]), withinMs: KILL_MS }),
      onExceeded: (reason) => this.#lose(reason, 'disk-limit'),
    });
    const settings = { workspace, ownsProcesses, hiddenShell };
    this.pool = new LauncherPool({ transport, settings, ahead, onSilent: () => this.#lose(SILENT) });
  }

  /** Returns the mode of a program's input. Some transports can report it only after the first channel is open. */
  get stdinMode(): Exclude<StdinMode, 'none'> {
    return this.#options.transport.halfClose ? 'open' : 'framed';
  }

  /**
   * Must be called when the sandbox is gone. Closes the launchers and ends the runs with this reason. Only the first call has an effect.
   */
  end(reason: string, outcome: LostOutcome = 'session-lost'): void {
    if (this.#end !== undefined) return;
    this.#end = { outcome, reason };
    this.#disk.stop();
    this.pool.close(sandboxEnded(reason));
  }

  #lose(reason: string, outcome?: LostOutcome): void {
    this.end(reason, outcome);
    this.#options.onLost(reason);
  }

  /**
   * Returns an idle launcher.
   *
   * @throws {SandpodError} `sandbox-ended` if the machine is gone; `sandbox-unusable` if a new launcher ends before it is idle.
   */
  async take(abortSignal?: AbortSignal): Promise<Launcher> {
    try {
      return await this.pool.take(abortSignal);
    } catch (error) {
      if (!(error instanceof LauncherLost) || error.hasNoProcesses || abortSignal?.aborted) throw error;
      const known = await this.#explainBy(error);
      if (known?.isSandboxLost) throw sandboxEnded(known.reason);
      const isReached = known === undefined ? error.isOfSandbox : known.outcome !== 'transport';
      throw isReached ? sandboxUnusable(known?.reason ?? error.message, error) : error;
    }
  }

  get hasEnded(): boolean {
    return this.#end !== undefined;
  }

  entered(run: ActiveRun): void {
    this.#runs.add(run);
    if (this.#end === undefined) this.#disk.start();
    if (this.#runs.size === 1) return;
    for (const other of this.#runs) other.isAlone = false;
  }

  left(run: ActiveRun): void {
    this.#runs.delete(run);
    if (this.#runs.size === 0) this.#disk.stop();
  }

  /**
   * Takes back the launcher of a run that has ended. If a program could have accessed the launcher's descriptors, closes the launcher
   * instead. Programs from earlier runs that are still running could have done this, because they run as the launcher's user.
   */
  settle(launcher: Launcher, after: { readonly isIdle: boolean; readonly report: string | undefined }): void {
    const { isIdle, report } = after;
    const isSuspect = report !== CLEAN && this.#runs.size === 0;
    if (report === CLEAN || isSuspect) this.pool.guard(isSuspect);
    if (isIdle && !isSuspect) this.pool.give(launcher);
    else launcher.destroy();
  }

  /**
   * Ends everything that a run started. Resolves with false if that cannot be confirmed.
   *
   * To be spared, a process could imitate the mark of another run. If no other run was active, no process is spared.
   */
  async kill(run: RunIdentity, withinMs: number = KILL_MS): Promise<boolean> {
    const { id, pid, startTime, isAlone } = run;
    const items = encodeKill({ id, pid, startTime, sparesOthers: !isAlone });
    return (await this.#ask('kill', { items, withinMs })) === '0';
  }

  /** Returns true if the run's first process exists, false if it does not, and undefined if that cannot be determined. */
  async look(run: ProcessIdentity): Promise<boolean | undefined> {
    const answer = await this.#ask('look', { items: encodeItems([run.pid, run.startTime]), withinMs: LOOK_MS });
    return answer === undefined ? undefined : answer === 'there';
  }

  /**
   * Sends a signal to the process group of a run's program. Does nothing if the program has ended.
   *
   * @throws {SandpodError} `transport` if neither the signal nor the end of the program can be confirmed.
   */
  async signal(run: ProcessIdentity, name: SignalName): Promise<void> {
    const items = encodeItems([run.pid, run.startTime, name]);
    if ((await this.#ask('signal', { items, withinMs: LOOK_MS })) === '0' || (await this.look(run)) === false) return;
    if (this.hasEnded) return;
    const message = `It is not known whether the program received the signal ${name}.`;
    throw new SandpodError({ code: 'transport', message, isRetryable: false });
  }

  /**
   * Ends every process in the sandbox, including the launchers, except those that keep the machine alive. Runs end with the outcome
   * `session-lost`.
   *
   * @throws {SandpodError} `transport` if a process may have survived. The sandbox then counts as lost.
   */
  async endProcesses(abortSignal?: AbortSignal): Promise<void> {
    const reason = 'All processes in the sandbox were ended.';
    const ended = Promise.withResolvers<void>();
    const over = [...this.#runs].map((run) => run.leave(reason, ended.promise));
    const isClean = await endProcesses(this.pool, abortSignal)
      .catch((error: unknown) => {
        abortSignal?.throwIfAborted();
        if (error instanceof LauncherLost) return false;
        throw error;
      })
      .finally(ended.resolve);
    await Promise.all(over);
    if (isClean) this.pool.guard(false);
    if (isClean && this.#options.ownsProcesses !== false) return;
    const message = 'sandpod tried to end all processes in the sandbox, but a process may have survived.';
    this.#options.onLost(message);
    throw new SandpodError({ code: 'transport', message, isRetryable: false, advice: 'Replace the sandbox.' });
  }

  /** Ends all runs and closes the launchers. The machine keeps running. */
  async detach(): Promise<void> {
    const reason = 'The sandbox was detached.';
    await Promise.all([...this.#runs].map((run) => run.leave(reason)));
    this.end(reason);
  }

  /** Returns true if a launcher answers within the given time. */
  async isReachable(withinMs: number): Promise<boolean> {
    return (await this.#ask('ping', { items: new Uint8Array(0), withinMs })) !== undefined;
  }

  /** Returns the answer to a request, or undefined if the request fails or takes too long. */
  async #ask(verb: string, options: { readonly items: Uint8Array; readonly withinMs: number }): Promise<string | undefined> {
    const giveUp = AbortSignal.timeout(options.withinMs);
    try {
      const launcher = await this.pool.take(giveUp);
      using _ = addAbortListener(giveUp, () => launcher.destroy(giveUp.reason));
      const exchange = launcher.request(verb, { items: options.items });
      const answer = await exchange.ended;
      await exchange.idle;
      this.pool.give(launcher);
      return answer;
    } catch {
      return undefined;
    }
  }

  reportUnclean(pid: number): void {
    if (this.hasEnded) return;
    this.#options.onLost(`Processes of the run with the process id ${pid} may still be running.`);
  }

  /** Creates the cause for a program that the memory limit ended. A sandbox whose memory stays full counts as lost. */
  async memoryLimit(): Promise<StopCause> {
    const found = await this.#options.explainMemoryLimit?.().catch(() => undefined);
    if (found?.isSandboxLost) this.#options.onLost(found.reason);
    return memoryLimit(found?.reason);
  }

  async explain(loss: LauncherLost): Promise<LossExplanation> {
    const known = await this.#explainBy(loss);
    if (known !== undefined) return known;
    const outcome = loss.exitCode === undefined ? 'transport' : 'session-lost';
    return { outcome, reason: `${loss.message} It is not known how the program ended.` };
  }

  /** Explains a loss with the platform's explanation, or with the known reason why the sandbox ended. */
  async #explainBy(loss: LauncherLost): Promise<LossExplanation | undefined> {
    if (this.#end === undefined) {
      const explanation = await this.#options.explainLoss?.(loss).catch(() => undefined);
      if (explanation?.isSandboxLost === true) this.#options.onLost(explanation.reason);
      if (explanation !== undefined) return explanation;
    }
    return this.#ended();
  }

  #ended(): LossExplanation | undefined {
    return this.#end && { ...this.#end, isSandboxLost: true };
  }
}
