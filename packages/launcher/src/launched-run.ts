import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type ExitStatus, type LostOutcome, ProcessLost, type SandboxProcess, type SpawnOptions } from '@sandpod/core';
import { createProcessHandle } from '@sandpod/core/backend';
import { type BegunRun, beginRun } from './begin-run.ts';
import { LauncherLost } from './launcher-failure.ts';
import type { LauncherHost, RunIdentity } from './launcher-host.ts';
import type { StdinMode } from './run-header.ts';
import { RunInput } from './run-input.ts';
import { RunOutput } from './run-output.ts';

/** Why a run was ended from outside; the first cause stands. */
type StopCause =
  | { readonly kind: 'abort'; readonly error: unknown }
  | { readonly kind: 'kill' }
  | { readonly kind: 'lost'; readonly outcome: LostOutcome; readonly reason: string };

/** Milliseconds, beyond limit and grace, after which the client itself ends a run whose guard inside did not. */
const OUTER_SLACK_MS = 2_500;
/** Milliseconds that the launcher of a killed program may take to close the answer. */
const LAST_WORDS_MS = 1_000;
/** Milliseconds between looks at whether the program is still there. */
const LOOK_EVERY_MS = 10_000;
/** Milliseconds that a launcher may take to be idle again, or to end, after it has closed the answer. */
const SETTLE_MS = 2_000;
/** Milliseconds for ending what is left of a run whose connection broke. */
const CLEAN_UP_MS = 1_500;
/** What a shell reports for a program that KILL ended. */
const KILLED_EXIT_CODE = 137;

/** One program that a launcher started. */
export class LaunchedRun implements RunIdentity {
  readonly id: string = randomBytes(16).toString('hex');
  pid = 0;
  startTime = '';
  isAlone = true;
  readonly #host: LauncherHost;
  readonly #options: SpawnOptions;
  readonly #output: RunOutput;
  readonly #result = Promise.withResolvers<ExitStatus>();
  readonly #cleanups: (() => void)[] = [];
  #input: RunInput | undefined;
  #cause: StopCause | undefined;
  #stopping: Promise<void> | undefined;
  #ending: Promise<void> = Promise.resolve();
  #begun: BegunRun | undefined;
  #isOver = false;

  private constructor(host: LauncherHost, options: SpawnOptions) {
    this.#host = host;
    this.#options = options;
    const maxBytes = options.outputBytes ?? host.outputBytes;
    const reason = `The program wrote more than ${maxBytes} bytes of output (outputBytes).`;
    const onLimit = (): void => void this.#stop({ kind: 'lost', outcome: 'output-limit', reason });
    this.#output = new RunOutput({ maxBytes, onLimit });
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

  async #start(): Promise<SandboxProcess> {
    const stdin: StdinMode = this.#options.stdin === true ? this.#host.stdinMode : 'none';
    const begun = await beginRun(this.#host, {
      id: this.id,
      spawn: this.#options,
      stdin,
      sink: (chunk) => this.#output.write(chunk),
    });
    this.#begun = begun;
    this.pid = begun.pid;
    this.startTime = begun.startTime;
    if (stdin !== 'none') this.#input = new RunInput(begun.launcher, stdin);
    this.#ending = this.#follow(begun);
    this.#watch();
    if (this.#options.abortSignal?.aborted) {
      await this.#stop({ kind: 'abort', error: this.#options.abortSignal.reason });
      this.#options.abortSignal.throwIfAborted();
    }
    return createProcessHandle({
      output: this.#output.stream,
      stdin: this.#input?.stream,
      pid: this.pid,
      wait: () => this.#result.promise,
      kill: () => this.#stop({ kind: 'kill' }),
    });
  }

  /** Ends the run when it is aborted, and when the guard inside has failed to end it. */
  #watch(): void {
    const { abortSignal, timeoutMs } = this.#options;
    const onAbort = (): void => void this.#stop({ kind: 'abort', error: abortSignal?.reason });
    abortSignal?.addEventListener('abort', onAbort, { once: true });
    this.#cleanups.push(() => abortSignal?.removeEventListener('abort', onAbort));
    const looking = setInterval(() => void this.#look(), LOOK_EVERY_MS);
    looking.unref();
    this.#cleanups.push(() => clearInterval(looking));
    if (timeoutMs === undefined) return;
    const onTimeout = (): void => void this.#stop(this.#timeout());
    const timer = setTimeout(onTimeout, Math.min(timeoutMs + this.#host.graceMs + OUTER_SLACK_MS, 2 ** 31 - 1));
    this.#cleanups.push(() => clearTimeout(timer));
  }

  /** A program can kill its launcher and leave children that hold the streams open: some platforms then report no end. */
  async #look(): Promise<void> {
    if (this.#isOver || this.#cause !== undefined || this.#output.isStalled) return;
    if ((await this.#host.look(this)) !== false) return;
    await delay(LAST_WORDS_MS);
    if (!this.#isOver && !this.#output.isStalled) this.#begun?.launcher.destroy(new Error('The program has ended, but nobody said how.'));
  }

  #timeout(): StopCause {
    return { kind: 'lost', outcome: 'timeout', reason: `The program did not end within its time limit of ${this.#options.timeoutMs} ms.` };
  }

  async #follow(begun: BegunRun): Promise<void> {
    try {
      await this.#conclude(await begun.exchange.ended);
    } catch (error) {
      await this.#concludeLoss(error);
    } finally {
      this.#isOver = true;
      this.#host.left(this);
      for (const cleanup of this.#cleanups.splice(0)) cleanup();
      this.#input?.end();
      this.#output.close();
      void this.#release(begun);
    }
  }

  /** The launcher has said how the program ended. */
  async #conclude(answer: string): Promise<void> {
    const [exitCode = '', expired = '', kills = ''] = answer.split(' ');
    if (this.#cause !== undefined) await this.#stopping;
    else if (expired === '1') await this.#endAfterTimeout();
    else if (!/^\d{1,3}$/.test(exitCode)) throw new LauncherLost({ cause: new Error('The launcher reported no exit code.') });
    else if (kills !== '0') this.#cause = memoryLimit();
    if (this.#cause === undefined) this.#result.resolve({ exitCode: Number(exitCode) });
    else this.#settle(this.#cause);
  }

  /** The guard inside has ended the run; this makes sure of it. */
  async #endAfterTimeout(): Promise<void> {
    this.#cause = this.#timeout();
    if (!(await this.#host.kill(this))) this.#host.reportUnclean(this);
  }

  async #concludeLoss(error: unknown): Promise<void> {
    if (this.#cause !== undefined) {
      await this.#stopping;
      return this.#settle(this.#cause);
    }
    const loss = error instanceof LauncherLost ? error : new LauncherLost({ cause: error });
    const [{ outcome, reason }, isClean] = await Promise.all([this.#host.explain(loss), this.#host.kill(this, CLEAN_UP_MS)]);
    if (!isClean) this.#host.reportUnclean(this);
    const rest = isClean || this.#host.hasEnded ? '' : ' Whether it still runs is not known.';
    this.#settle({ kind: 'lost', outcome, reason: `${reason}${rest}` });
  }

  #settle(cause: StopCause): void {
    if (cause.kind === 'abort') this.#result.reject(cause.error);
    else if (cause.kind === 'kill') this.#result.resolve({ exitCode: KILLED_EXIT_CODE, reason: 'The process was killed.' });
    else this.#result.reject(new ProcessLost({ outcome: cause.outcome, reason: cause.reason }));
  }

  /** Kills the run and all that it started; resolves when it is over. */
  #stop(cause: StopCause): Promise<void> {
    if (this.#isOver) return this.#ending;
    this.#stopping ??= this.#kill(cause);
    return this.#stopping.then(() => this.#ending);
  }

  async #kill(cause: StopCause): Promise<void> {
    this.#cause ??= cause;
    this.#output.discard();
    if (!(await this.#host.kill(this))) this.#host.reportUnclean(this);
    const timer = setTimeout(() => this.#begun?.launcher.destroy(new Error('The launcher did not end.')), LAST_WORDS_MS);
    this.#cleanups.push(() => clearTimeout(timer));
  }

  /** Gives the launcher back once it is idle; one that served an open input, or whose output others still hold, ends instead. */
  async #release({ launcher, exchange }: BegunRun): Promise<void> {
    const timer = setTimeout(() => launcher.destroy(new Error('The launcher did not become idle.')), SETTLE_MS);
    timer.unref();
    await exchange.idle.then(() => this.#host.pool.give(launcher)).catch(() => launcher.destroy());
    clearTimeout(timer);
  }
}

function memoryLimit(): StopCause {
  return {
    kind: 'lost',
    outcome: 'memory-limit',
    reason: 'The kernel ended a process of the sandbox because its memory limit was reached.',
  };
}
