import { addAbortListener } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { AnswerWatch } from './answer-watch.ts';
import { Exchange, type OutputSink } from './exchange.ts';
import type { ExecChannel, ExecTransport } from './exec-transport.ts';
import type { HiddenShell } from './hidden-shell.ts';
import { LAUNCHER_ARGV } from './launcher-argv.ts';
import { LauncherLost, LauncherRefusal } from './launcher-failure.ts';
import { encodeItems } from './launcher-message.ts';
import { LAUNCHER_SCRIPT } from './script/scripts.generated.ts';

/** Facts about a launcher's sandbox. */
export interface LauncherSettings {
  /** Absolute path of the workspace, which must exist. */
  readonly workspace: string;
  /**
   * True if all processes that process 1 adopts come from runs, as in a container. The launcher then also ends processes that left their
   * session and cleared their environment. On a shared machine, it would end other people's processes.
   */
  readonly ownsProcesses: boolean;
  /** If undefined, the launcher runs in the image's shell, which other programs of the same user can read and trace. */
  readonly hiddenShell?: HiddenShell | undefined;
}

/** The report of a launcher that is idle for the first time, if other programs of the same user cannot read its memory and descriptors. */
const HIDDEN = 'hidden';

/** After the output of a program has ended, the time limit in milliseconds for the platform to report how the program ended. */
const EXIT_STATUS_MS = 1_000;
/** If a launcher has ended, no more output is expected after this many milliseconds without output. */
const SILENCE_MS = 1_000;

export interface LauncherOpenOptions {
  readonly settings: LauncherSettings;
  readonly answers: AnswerWatch;
  /** Milliseconds within which the launcher must be idle after the platform has started it. Undefined means no limit. */
  readonly readyMs?: number | undefined;
  readonly abortSignal?: AbortSignal | undefined;
}

/** A launcher in the sandbox. It handles one request at a time. */
export class Launcher {
  readonly #channel: ExecChannel;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #gone = Promise.withResolvers<void>();
  #exchange: Exchange;
  #isHidden = false;
  #isReceiving = false;
  #heardMs = 0;
  readonly #answers: AnswerWatch;
  /** The time since which the launcher has a request to answer. Undefined if it has answered. */
  #askedMs: number | undefined;
  #loss: LauncherLost | undefined;

  private constructor(channel: ExecChannel, answers: AnswerWatch) {
    this.#channel = channel;
    this.#answers = answers;
    this.#writer = channel.stdin.getWriter();
    this.#writer.closed.catch(() => {});
    const onExit = (): void => void this.#drain();
    channel.exit.then(onExit, onExit);
    this.#exchange = new Exchange();
    void this.#pump();
  }

  /** Starts a launcher and waits until it is idle. */
  static async open(transport: ExecTransport, options: LauncherOpenOptions): Promise<Launcher> {
    const { settings, answers, readyMs, abortSignal } = options;
    const { hiddenShell } = settings;
    const launcher = new Launcher(await openChannel(transport, { argv: hiddenShell?.argv ?? LAUNCHER_ARGV, abortSignal }), answers);
    using _ = abortSignal && addAbortListener(abortSignal, () => launcher.destroy(abortSignal.reason));
    const timer = readyMs === undefined ? undefined : setTimeout(() => answers.neverReady(), readyMs);
    try {
      await launcher.#boot(settings);
      hiddenShell?.found();
      return launcher;
    } catch (error) {
      launcher.destroy(error);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Sends the script. Resolves when the launcher is idle. */
  async #boot({ workspace, ownsProcesses, hiddenShell }: LauncherSettings): Promise<void> {
    const boot = this.#exchange;
    const script = Buffer.from(LAUNCHER_SCRIPT);
    const items = encodeItems([boot.nonce, workspace, ownsProcesses ? '1' : '', hiddenShell?.directory ?? '']);
    void this.send(Buffer.concat([Buffer.from(`${script.length}\n`), script, items]));
    await Promise.race([boot.idle, boot.begun.then(() => boot.idle)]);
    this.#isHidden = boot.report === HIDDEN;
  }

  /** Returns true if other programs of the launcher's user cannot read its memory and descriptors. */
  get isHidden(): boolean {
    return this.#isHidden;
  }

  /** Resolves when the channel has ended. */
  get gone(): Promise<void> {
    return this.#gone.promise;
  }

  get isGone(): boolean {
    return this.#loss !== undefined;
  }

  /** Starts a request and sends its items immediately. The launcher must be idle. */
  request(verb: string, options: { readonly items?: Uint8Array; readonly sink?: OutputSink | undefined } = {}): Exchange {
    const exchange = new Exchange(options.sink);
    this.#exchange = exchange;
    this.#askedMs = performance.now();
    exchange.begun.then(
      () => this.#answered(),
      (error: unknown) => error instanceof LauncherRefusal && this.#answered(),
    );
    if (this.#loss !== undefined) exchange.fail(this.#loss);
    else void this.send(Buffer.concat([encodeItems([verb, exchange.nonce]), options.items ?? new Uint8Array(0)]));
    return exchange;
  }

  #answered(): void {
    this.#askedMs = undefined;
    this.#answers.answered();
  }

  /** Sends bytes. Resolves when the channel accepts more. The exchange reports a broken channel; this method does not. */
  async send(bytes: Uint8Array): Promise<void> {
    await this.#writer.write(bytes).catch(() => {});
    // A launcher can answer only after it has received everything.
    if (this.#askedMs !== undefined) this.#askedMs = performance.now();
  }

  /** Like {@link send}, but rejects if the channel no longer has a reader. */
  async sendChecked(bytes: Uint8Array): Promise<void> {
    await this.#writer.write(bytes);
  }

  /** Ends the input. Afterwards, this launcher accepts no more requests. */
  async closeInput(): Promise<void> {
    await this.#writer.close().catch(() => {});
  }

  destroy(reason?: unknown): void {
    if (!this.isGone && this.#askedMs !== undefined) this.#answers.gaveUp(performance.now() - this.#askedMs);
    this.#lose(reason instanceof LauncherLost ? reason : new LauncherLost({ cause: reason }));
    this.#channel.destroy(reason);
  }

  async #pump(): Promise<void> {
    try {
      for await (const chunk of this.#channel.output) {
        this.#isReceiving = true;
        await this.#exchange.receive(chunk);
        this.#isReceiving = false;
        this.#heardMs = performance.now();
      }
      this.#lose(await this.#lossAtEnd());
    } catch (cause) {
      this.#lose(new LauncherLost({ cause }));
      this.#channel.destroy(cause);
    }
  }

  /**
   * Called when the launcher has ended. Other processes may keep its streams open, so silence is the only sign that no more output follows.
   */
  async #drain(): Promise<void> {
    this.#heardMs = performance.now();
    while (!this.isGone && (this.#isReceiving || performance.now() - this.#heardMs < SILENCE_MS)) await delay(SILENCE_MS / 4);
    if (this.isGone) return;
    const loss = await this.#lossAtEnd();
    this.#lose(loss);
    this.#channel.destroy(loss);
  }

  async #lossAtEnd(): Promise<LauncherLost> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('The platform did not report how the launcher ended.')), EXIT_STATUS_MS);
    });
    try {
      const { exitCode } = await Promise.race([this.#channel.exit, tooLate]);
      return new LauncherLost({ exitCode });
    } catch (cause) {
      return new LauncherLost({ cause });
    } finally {
      clearTimeout(timer);
    }
  }

  #lose(loss: LauncherLost): void {
    this.#loss ??= loss;
    this.#exchange.fail(this.#loss);
    this.#gone.resolve();
  }
}

async function openChannel(
  transport: ExecTransport,
  { argv, abortSignal }: { readonly argv: readonly string[]; readonly abortSignal: AbortSignal | undefined },
): Promise<ExecChannel> {
  try {
    return await transport.open(argv, { abortSignal });
  } catch (cause) {
    abortSignal?.throwIfAborted();
    throw new LauncherLost({ cause });
  }
}
